// The data of the page, read once, and where each residue stands in it.
const D = JSON.parse(document.getElementById('data').textContent);
const $ = (id) => document.getElementById(id);
const ATOMS = new Set(['observed', 'partial', 'different', 'predicted']);
const THREE = {
  ALA: 'A',
  ARG: 'R',
  ASN: 'N',
  ASP: 'D',
  CYS: 'C',
  GLN: 'Q',
  GLU: 'E',
  GLY: 'G',
  HIS: 'H',
  ILE: 'I',
  LEU: 'L',
  LYS: 'K',
  MET: 'M',
  PHE: 'F',
  PRO: 'P',
  SER: 'S',
  THR: 'T',
  TRP: 'W',
  TYR: 'Y',
  VAL: 'V',
};
const ONE = Object.fromEntries(Object.entries(THREE).map(([three, one]) => [one, three[0] + three.slice(1).toLowerCase()]));
const receptor = D.proteins[0];
const proteinNamed = (name) => D.proteins.find((p) => [p.name, p.accession].some((n) => n.toUpperCase() === name.toUpperCase()));
const structureNamed = (id) => D.structures.find((s) => s.id.toUpperCase() === id.toUpperCase());

function el(tag, attributes = {}, ...children) {
  const node = tag.startsWith('svg:')
    ? document.createElementNS('http://www.w3.org/2000/svg', tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

function fromTsv(text) {
  const [head, ...lines] = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
  return { head, rows: lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i], cell]))) };
}

async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

const tables = Object.fromEntries(Object.entries(D.tables).map(([name, table]) => [name, fromTsv(table.tsv)]));
const at = new Map(); // protein:position -> rows of the table of residues
const byPlace = new Map(); // structure|chain|number icode -> row
const partnersOf = new Map(); // protein:position -> rows of contacts and interactions

const key = (protein, position) => `${protein}:${position}`;
const into = (map, name, value) => {
  if (!map.has(name)) {
    map.set(name, []);
  }
  map.get(name).push(value);
};

function indexResidues(text) {
  tables.residues = fromTsv(text);
  for (const row of tables.residues.rows) {
    into(at, key(row.protein, row.position), row);
    if (row.number) {
      byPlace.set(`${row.structure}|${row.chain}|${row.number}${row.icode}`, row);
    }
  }
  for (const name of ['contacts', 'interactions']) {
    for (const row of tables[name] ? tables[name].rows : []) {
      row.table = name;
      row.sides = [1, 2].map((side) => {
        const own = byPlace.get(`${row.structure}|${row[`chain_${side}`]}|${row[`number_${side}`]}${row[`icode_${side}`]}`);
        return {
          chain: row[`chain_${side}`],
          number: row[`number_${side}`] + row[`icode_${side}`],
          component: row[`residue_${side}`],
          protein: own ? own.protein : '',
          position: own ? +own.position : 0,
        };
      });
      for (const side of row.sides) {
        if (side.position) {
          into(partnersOf, key(side.protein, side.position), row);
        }
      }
    }
  }
}

// Places of an evidence row as the table states them: "536-807;GAS6:1-678".
function spansOf(text) {
  return (text || '')
    .split(';')
    .filter(Boolean)
    .map((part) => {
      const [, protein, first, last] = /^(?:(.+):)?(\d+)(?:-(\d+))?$/.exec(part);
      return { protein: protein || receptor.name, first: +first, last: +(last || first) };
    });
}

const WHOLE = 'whole receptor';
const isWhole = (row) => row.region === WHOLE && !row.residues;
const evidenceRows = Object.keys(D.evidence).flatMap((name) =>
  tables[name].rows.map((row) => {
    row.table = name;
    row.spans = spansOf(row.span);
    return row;
  }),
);
const covers = (span, protein, position) => span.protein === protein && span.first <= position && position <= span.last;
const overlap = (a, b) => a.protein === b.protein && a.first <= b.last && b.first <= a.last;

const letterOf = (protein, position) => protein.sequence[position - 1];
const nameOf = (protein, position) => `${letterOf(protein, position)}${position}`;
const boxAt = (protein, position) => protein.boxes.find((b) => b.first <= position && position <= b.last);
const domainAt = (protein, position) =>
  protein.boxes.find((b) => b.kind === 'domain' && b.first <= position && position <= b.last);
const regionAt = (protein, position) => {
  const signal = protein.boxes.find((b) => b.kind === 'signal' && b.last >= position && b.first <= position);
  const region = protein.regions.find((r) => r.first <= position && position <= r.last);
  return signal ? 'signal' : region ? region.name : '';
};
const exonsAt = (protein, position) => protein.exons.filter((e) => e.first <= position && position <= e.last);
const siteAt = (protein, position) => protein.sites.find((s) => s.position === position);
const dashed = (first, last) => (first === last ? `${first}` : `${first}–${last}`);
const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
const number = (text, digits) => (text === '' || text === undefined ? '' : (+text).toFixed(digits));
