// What people type: a residue in any notation, else a domain, region or exon. An error says what may have been meant.
const RESIDUE = '([A-Za-z]{3}|[A-Za-z])?(-?\\d+)([A-Za-z]?)';
const IN_CHAIN = new RegExp(`^([^:@]+):([^/:@]+)/${RESIDUE}$`);
const BY_AUTHORS = new RegExp(`^${RESIDUE}@([^:@]+?)(?::([^/:@]+))?$`);
const IN_SEQUENCE = new RegExp(`^(?:([\\w-]+):)?${RESIDUE}$`);
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
  match = IN_SEQUENCE.exec(asked);
  if (!match || match[4]) {
    throw new Error(`Cannot read “${asked}”: try ${FORMS}.`);
  }
  return inSequence(asked, match[1] || '', oneLetter(match[2]), +match[3]);
}

function inSequence(asked, name, letter, position) {
  const protein = name ? proteinNamed(name) : receptor;
  if (!protein) {
    throw new Error(`“${name}” is no protein of this study: ${D.proteins.map((p) => p.name).join(' or ')}.`);
  }
  if (position < 1 || position > protein.sequence.length) {
    throw new Error(`${protein.name} has no position ${position}: it counts 1–${protein.sequence.length}.`);
  }
  const found = letterOf(protein, position);
  if (letter && letter !== found) {
    const meant = meantBy(letter, position, protein);
    throw new Error(
      `UniProt ${position} of ${protein.name} is ${found}, not ${letter}. ` +
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
