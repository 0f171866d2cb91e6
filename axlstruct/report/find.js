// What people type: a residue in any notation, else a domain, region or exon. An error says what may have been meant.
const RESIDUE = '(?:p\\.)?([A-Za-z]{3}|[A-Za-z])?(-?\\d+)([A-Za-z]?)';
const IN_CHAIN = new RegExp(`^([^:@]+):([^/:@]+)/${RESIDUE}$`);
const BY_AUTHORS = new RegExp(`^${RESIDUE}@([^:@]+?)(?::([^/:@]+))?$`);
const IN_SEQUENCE = new RegExp(`^(?:([\\w-]+):)?${RESIDUE}$`);
const IN_FILE = /^([^:@]+):([^/:@]+)\/#(\d+)$/;
const CODING = /^(?:([\w.-]+):)?c\.(\d+)(?:_(\d+))?$/;
const GENOMIC = /^(?:chr(\w+):(?:g\.)?|g\.)(\d+)$/i;
const FORMS = D.hint.join(', ');

function oneLetter(text) {
  if (!text) {
    return '';
  }
  const letter = text.length === 3 ? THREE[text.toUpperCase()] : text.toUpperCase();
  if (!letter || !ONE[letter]) {
    throw new Error(`“${text}” is no amino acid`);
  }
  return letter;
}

function find(text) {
  const asked = text.trim();
  const region = regionNamed(asked);
  if (region) {
    return region;
  }
  let match = GENOMIC.exec(asked);
  if (match) {
    return byBase(asked, (match[1] || '').toUpperCase(), +match[2]);
  }
  match = CODING.exec(asked);
  if (match) {
    return byNucleotide(asked, match[1] || '', +match[2], +(match[3] || 0));
  }
  match = IN_FILE.exec(asked);
  if (match) {
    return byLabel(asked, match[1], match[2], +match[3]);
  }
  match = IN_CHAIN.exec(asked);
  if (match) {
    return byAuthor(asked, match[1], match[2], oneLetter(match[3]), match[4] + match[5].toUpperCase());
  }
  match = BY_AUTHORS.exec(asked);
  if (match) {
    return byAuthor(asked, match[4], match[5] || '', oneLetter(match[1]), match[2] + match[3].toUpperCase());
  }
  match = IN_SEQUENCE.exec(asked);
  if (!match || match[4]) {
    throw new Error(`Cannot read “${asked}”: try ${FORMS}.`);
  }
  return inSequence(asked, match[1] || '', oneLetter(match[2]), +match[3]);
}

// Forms of a protein lack stretches of its sequence, and so number its residues otherwise.
function numberIn(form, position) {
  const lacking = form.without.filter(([first, last]) => last < position);
  return form.without.some(([first, last]) => first <= position && position <= last)
    ? null
    : position - lacking.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function positionIn(form, number) {
  return form.without.reduce((position, [first, last]) => (first <= position ? position + last - first + 1 : position), number);
}

function formNamed(name) {
  for (const protein of D.proteins) {
    const own = name.toLowerCase().replace(`${protein.name.toLowerCase()}-`, '');
    const form = protein.forms.find((f) => [f.name, ...f.also].some((n) => [own, name.toLowerCase()].includes(n.toLowerCase())));
    if (form) {
      return [protein, form];
    }
  }
  return [null, null];
}

function inSequence(asked, name, letter, number) {
  const [owner, form] = name ? formNamed(name) : [null, null];
  const protein = owner || (name ? proteinNamed(name.replace(/-1$/, '')) : receptor);
  const position = form ? positionIn(form, number) : number;
  if (!protein) {
    throw new Error(`“${name}” is no protein of this study: ${D.proteins.map((p) => p.name).join(' or ')}.`);
  }
  if (position < 1 || position > protein.sequence.length) {
    throw new Error(`${protein.name} has no position ${position}: it counts 1–${protein.sequence.length}.`);
  }
  const found = letterOf(protein, position);
  if (letter && letter !== found) {
    const meant = meantBy(letter, number, protein);
    const place = form ? `${form.name} ${number} (UniProt ${position})` : `UniProt ${position}`;
    throw new Error(
      `${place} of ${protein.name} is ${found}, not ${letter}. ` +
        `Did you mean ${meant.length ? meant.join(' or ') : found + position}?`,
    );
  }
  const plain = letter && !form && (!name || name.toUpperCase() === protein.name.toUpperCase());
  return { kind: 'residue', protein: protein.name, position, readings: plain ? readingsOf(letter, number, protein, !name) : [] };
}

// Other residues that have this letter and author number in a structure: a paper on the structure means those.
function readingsOf(letter, number, protein, anyProtein) {
  const found = new Map();
  for (const row of tables.residues.rows) {
    const here = row.number === String(number) && !row.icode && row.residue === letter,
      same = row.protein === protein.name && +row.position === number,
      name = key(row.protein, row.position);
    if (here && !same && !found.has(name) && (anyProtein || row.protein === protein.name)) {
      const ask = +row.position === number ? `${row.protein}:${letter}${number}` : `${letter}${number}@${row.structure}`;
      found.set(name, { ask, protein: row.protein, position: +row.position, structure: row.structure });
    }
  }
  return [...found.values()];
}

function meantBy(letter, position, protein) {
  const meant = new Set();
  for (const row of tables.residues.rows) {
    if (row.number === String(position) && row.residue === letter && +row.position !== position) {
      meant.add(
        `${letter}${position}@${row.structure} = ${row.protein === receptor.name ? '' : `${row.protein}:`}${letter}${row.position}`,
      );
    }
  }
  for (const form of receptor.forms) {
    const there = positionIn(form, position);
    if (letterOf(receptor, there) === letter && ![...meant].some((text) => text.endsWith(` ${letter}${there}`))) {
      meant.add(`${form.name}:${letter}${position} = ${letter}${there}`);
    }
  }
  for (const other of D.proteins) {
    if (other !== protein && letterOf(other, position) === letter) {
      meant.add(`${other.name}:${letter}${position}`);
    }
  }
  return [...meant];
}

const coded = (protein, nucleotide) => ({ kind: 'residue', protein: protein.name, position: Math.ceil(nucleotide / 3) });

function byNucleotide(asked, name, first, last) {
  const stem = name.split('.')[0].toUpperCase();
  const names = (p) => [p.name, p.accession, (p.transcript || '.').split('.')[0]].map((n) => n.toUpperCase());
  const protein = stem ? D.proteins.find((p) => names(p).includes(stem)) : receptor;
  if (!protein) {
    throw new Error(`“${name}” is another transcript: ${D.proteins.map((p) => p.transcript).filter(Boolean).join(' or ')}.`);
  }
  if (!protein.gene) {
    throw new Error(`No exons of ${protein.name} are known.`);
  }
  if (last && (first % 3 !== 1 || last !== first + 2)) {
    throw new Error(`${asked}: these nucleotides are not one codon.`);
  }
  if (first < 1 || first > 3 * protein.sequence.length) {
    throw new Error(`${asked} codes no residue: ${protein.transcript} codes with c.1 to c.${3 * protein.sequence.length}.`);
  }
  return coded(protein, first);
}

// A base of the forward strand, counted from 1.
function byBase(asked, chromosome, base) {
  const genes = D.proteins.filter((p) => p.gene && (!chromosome || p.gene.chromosome.toUpperCase() === chromosome));
  for (const protein of genes) {
    for (const exon of protein.gene.exons.filter((e) => e.coding)) {
      const behind = protein.gene.strand * (base - exon.base);
      if (behind >= 0 && behind <= exon.coding[1] - exon.coding[0]) {
        return coded(protein, exon.coding[0] + behind);
      }
    }
  }
  const known = D.proteins.filter((p) => p.gene).map((p) => `chr${p.gene.chromosome} (${p.name})`);
  const where = genes.map((p) => `${p.name}: ${partOf(p, base)}`).join('; ') || `known are ${known.join(', ') || 'no exons'}`;
  throw new Error(`${asked} codes no residue: ${where}.`);
}

function partOf(protein, base) {
  const { exons, strand } = protein.gene;
  const here = exons.find((e) => e.start <= base && base <= e.end);
  if (here) {
    return `untranslated region or stop codon, exon ${here.number}`;
  }
  const before = exons.filter((e) => strand * (base - e.start) > 0).length;
  return before && before < exons.length ? `intron ${before}` : `outside ${protein.transcript}`;
}

function byLabel(asked, id, chain, label) {
  const structure = structureNamed(id.replace(/^pdb_0000/i, ''));
  if (!structure) {
    throw new Error(`${id} is not in this report: ${D.structures.map((s) => s.id).join(', ')}.`);
  }
  if (structure.missing) {
    throw new Error(`${asked}: ${structure.id} is not at hand, so its label_seq_id are not known. Try an author number, without #.`);
  }
  for (const one of structure.chains.filter((c) => c.chain === chain)) {
    const run = one.labels.find(([first, last]) => first <= label && label <= last);
    if (run) {
      return { kind: 'residue', protein: one.protein, position: run[2] + label - run[0] };
    }
  }
  throw new Error(
    `${structure.id} chain ${chain}: label_seq_id ${label} is no residue of ${D.proteins.map((p) => p.name).join(' or ')}.`,
  );
}

function byAuthor(asked, id, chain, letter, label) {
  const structure = structureNamed(id.replace(/^pdb_0000/i, ''));
  if (!structure) {
    throw new Error(`${id} is not in this report: ${D.structures.map((s) => s.id).join(', ')}.`);
  }
  const found = new Map();
  for (const row of tables.residues.rows) {
    const here = row.structure === structure.id && row.number + row.icode === label && (!chain || row.chain === chain);
    if (here && (!letter || letter === (THREE[row.observed_residue] || row.residue))) {
      found.set(key(row.protein, row.position), row);
    }
  }
  const names = [...found.values()].map((row) => `${row.protein}:${row.residue}${row.position}`);
  if (names.length > 1) {
    throw new Error(`${asked} is more than one residue: ${names.join(' or ')}. Name the chain: ${structure.id}:CHAIN/${label}.`);
  }
  if (!names.length) {
    const place = `${structure.id}${chain ? ` chain ${chain}` : ''}`;
    const fitting = D.proteins.filter((p) => letter && letterOf(p, +label) === letter);
    const meant = fitting.map((p) => `${p === receptor ? '' : `${p.name}:`}${letter}${label}`).join(' or ');
    throw new Error(
      `${place} shows no ${letter ? `${ONE[letter]} ` : 'residue '}${label} of ${D.proteins.map((p) => p.name).join(' or ')}.` +
        (meant ? ` Did you mean ${meant} (UniProt)?` : ''),
    );
  }
  const [row] = found.values();
  return { kind: 'residue', protein: row.protein, position: +row.position };
}

function regionNamed(text) {
  const [, name, word] = /^(?:([^:]+):)?\s*(.*)$/.exec(text.toLowerCase().replace(/\s+/g, ' '));
  for (const protein of D.proteins.filter((p) => !name || proteinNamed(name) === p)) {
    const exon = /^exon (\d+)$/.exec(word);
    const part = exon
      ? protein.exons.find((e) => e.number === +exon[1])
      : [...protein.boxes, ...protein.regions].find((b) => [b.name, b.label].some((n) => n && n.toLowerCase() === word));
    if (part) {
      return spanOf(protein, part, exon ? `exon ${part.number}` : part.label || part.name);
    }
  }
  return null;
}

const spanOf = (protein, part, label) => ({
  kind: 'region',
  label: `${protein.name} ${label}`,
  spans: [{ protein: protein.name, first: part.first, last: part.last }],
});
