// What people type: a residue in any notation, else a domain, region or exon. An error says what may have been meant.
const RESIDUE = '(?:p\\.)?([A-Za-z]{3}|[A-Za-z])?(-?\\d+)([A-Za-z]?)';
const IN_CHAIN = new RegExp(`^([^:@]+):([^/:@]+)/${RESIDUE}$`);
const BY_AUTHORS = new RegExp(`^${RESIDUE}@([^:@]+?)(?::([^/:@]+))?$`);
const IN_SEQUENCE = new RegExp(`^(?:([\\w-]+):)?${RESIDUE}$`);
const CODING = /^(?:([\w-]+):)?c\.(\d+)$/;
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
  let match = IN_CHAIN.exec(asked);
  if (match) {
    return byAuthor(asked, match[1], match[2], oneLetter(match[3]), match[4] + match[5].toUpperCase());
  }
  match = BY_AUTHORS.exec(asked);
  if (match) {
    return byAuthor(asked, match[4], match[5] || '', oneLetter(match[1]), match[2] + match[3].toUpperCase());
  }
  match = CODING.exec(asked);
  if (match) {
    return inSequence(asked, match[1] || '', '', Math.ceil(+match[2] / 3));
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
  return { kind: 'residue', protein: protein.name, position };
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
    throw new Error(
      `${place} shows no ${letter ? `${ONE[letter]} ` : 'residue '}${label} of ${D.proteins.map((p) => p.name).join(' or ')}.`,
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
