// What each table shows: headings, cells, and what can be chosen from a list.
const side = (row, i) => {
  const s = row.sides[i],
    three = s.component[0] + s.component.slice(1).toLowerCase();
  return s.protein ? `${s.protein} ${letterOf(proteinNamed(s.protein), s.position)}${s.position}` : `${three} ${s.number}`;
};
const author = (row, i) => `${row.sides[i].chain}/${row.sides[i].number}`;
const outside = (href, text) =>
  el('a', { href, target: '_blank', rel: 'noopener noreferrer', onclick: (event) => event.stopPropagation() }, text);
const trial = (row) => (/^NCT\d{8}$/.test(row.nct) ? outside(`https://clinicaltrials.gov/study/${row.nct}`, row.nct) : row.nct);
const pubmed = (row) =>
  /^\d+$/.test(row.pubmed) ? outside(`https://pubmed.ncbi.nlm.nih.gov/${row.pubmed}/`, row.pubmed) : row.pubmed;
// Long lists such as MET/AXL/FGFR may break after a slash.
const breakable = (text) => text.replace(/\//g, '/\u200b');
const twoLines = (first, second) =>
  second
    ? el('span', {}, el('span', { class: first.length < 12 ? 'n' : '' }, breakable(first)), el('small', {}, breakable(second)))
    : first;

function review(row) {
  const place = [
    row.section,
    row.row ? `row ${row.row}` : '',
    row.sentence ? `sentence ${row.sentence}` : '',
    row.figure || '',
    row.refs ? `ref. ${row.refs.split(';').join(', ')}` : '',
  ]
    .filter(Boolean)
    .join(', ');
  return el(
    'span',
    {},
    row.wording ? `“${row.wording}” ` : '',
    el('small', {}, place),
    row.flag ? el('em', { class: 'flag' }, row.flag) : '',
  );
}
// How a bound is written before a number; nothing for a measured one.
const bound = (row) => (row.relation === '=' ? '' : row.relation);
const REVIEW = ['In the review', review, 2.6, (row) => row.section];
const REGION = [
  'Region',
  (row) =>
    twoLines(
      row.residues.split(';').join(', ') || row.region.split(';').join(', '),
      row.residues ? row.region.split(';').join(', ') : '',
    ),
  1.1,
  (row) => row.region,
];

// Heading, cell, share of the width, and what to sort by where that is not the cell's text.
const COLUMNS = {
  residues: [
    ['Residue', (r) => `${r.protein} ${r.residue}${r.position}`, 1.1, (r) => +r.position],
    ['Exon', (r) => r.exons.replace(';', ', '), 0.63, (r) => +r.exons.split(';')[0]],
    [
      'Domain',
      (r) => {
        const box = domainAt(proteinNamed(r.protein), +r.position);
        return box ? box.label : '';
      },
      0.93,
    ],
    ['Structure', (r) => `${r.structure} ${r.chain}`, 1.33],
    ['Author', (r) => r.number + r.icode, 0.83, (r) => +r.number],
    ['Coverage', (r) => r.coverage + (r.plddt ? ` ${number(r.plddt, 0)}` : ''), 1.67],
    ['Buried Å²', (r) => (+r.buried_area ? number(r.buried_area, 0) : ''), 0.83, (r) => +r.buried_area],
    ['Burial', (r) => r.burial, 0.77],
    ['Interface', (r) => r.interface, 1.1],
    ['Touches', (r) => r.partners.split(';').join(', '), 1],
    ['Site', (r) => r.site, 0.58],
  ],
  contacts: [
    [() => receptor.name, (r) => side(r, 0), 1.1, (r) => +r.position_1],
    ['Author', (r) => author(r, 0), 0.7],
    [() => (D.proteins[1] || {}).name || 'partner', (r) => side(r, 1), 1.1, (r) => +r.position_2],
    ['Author', (r) => author(r, 1), 0.7],
    ['Å', (r) => number(r.distance, 2), 0.5, (r) => +r.distance],
    ['Atom pairs', (r) => r.atom_pairs, 0.7, (r) => +r.atom_pairs],
    ['Interface', (r) => r.interface, 0.8],
    ['Copies', (r) => r.copies, 0.6],
    ['Structure', (r) => r.structure, 0.8],
  ],
  interactions: [
    ['Type', (r) => r.type, 1],
    ['Residue 1', (r) => twoLines(side(r, 0), `${author(r, 0)} ${r.atoms_1.replace(/;/g, ', ')}`), 1.2, (r) => +r.position_1],
    ['Residue 2', (r) => twoLines(side(r, 1), `${author(r, 1)} ${r.atoms_2.replace(/;/g, ', ')}`), 1.2, (r) => +r.position_2],
    ['Donor → acceptor', (r) => (r.donor ? `${r.donor} → ${r.acceptor}` : ''), 1.5],
    ['Å', (r) => number(r.distance, 2), 0.5, (r) => +r.distance],
    ['Angle', (r) => (r.angle ? `${number(r.angle, 0)}°` : ''), 0.5, (r) => +r.angle],
    ['Grade', (r) => r.grade, 0.5],
    ['Reasons', (r) => r.reasons, 1.8],
    ['Interface', (r) => twoLines(r.interface === 'none' ? 'within' : r.interface, r.structure), 0.8, (r) => r.interface],
    ['Copies', (r) => r.copies, 0.6],
  ],
  interfaces: [
    ['Structure', (r) => r.structure, 0.9],
    ['Pair', (r) => `${r.protein_1} ${r.chain_1} – ${r.protein_2} ${r.chain_2}`, 1.5],
    ['Interface', (r) => r.interface, 0.9],
    ['Residue pairs', (r) => r.residue_pairs, 0.85, (r) => +r.residue_pairs],
    ['Atom pairs', (r) => r.atom_pairs, 0.65, (r) => +r.atom_pairs],
    ['Closest Å', (r) => number(r.min_distance, 2), 0.7],
    [
      'Buried Å²',
      (r) => twoLines(number(r.bsa, 0), r.bsa && +r.bsa ? `${number(r.bsa_1, 0)} + ${number(r.bsa_2, 0)}` : ''),
      1.1,
      (r) => +r.bsa,
    ],
    ['H-bonds', (r) => r.hbonds, 0.75, (r) => +r.hbonds],
    ['Salt bridges', (r) => r.salt_bridges, 0.75, (r) => +r.salt_bridges],
    ['Sheet', (r) => r.sheet, 1.8],
  ],
  sites: [
    ['Residue', (r) => r.residue + r.position, 0.6, (r) => +r.position],
    ['Role', (r) => r.role, 2],
    ['Partners', (r) => r.partners, 1.6],
    ['Exon', (r) => r.exons.replace(';', ', '), 0.4],
    REGION,
    ['Source', (r) => twoLines(r.source, r.remark), 2.4],
  ],
  affinity: [
    ['Mutation (UniProt)', (r) => r.mutations_uniprot.split(';').join(', '), 1.5],
    ['Author numbering', (r) => r.mutations.split(';').join(', '), 1.5],
    ['Kd mutant nM', (r) => bound(r) + r.kd, 0.7, (r) => +r.kd],
    ['Kd wild type nM', (r) => r.kd_wild_type, 0.7, (r) => +r.kd_wild_type],
    ['ΔΔG kcal/mol', (r) => `${bound(r)}${+r.ddg > 0 ? '+' : ''}${number(r.ddg, 2)}`.replace('-', '−'), 0.7, (r) => +r.ddg],
    ['Touches', (r) => twoLines(r.interface.split(';').join(', '), r.touches.split(';').filter(Boolean).join('; ')), 1.3],
    ['Assay', (r) => twoLines(r.assay, r.flag), 1.8],
    ['Region', (r) => r.region.split(';').join(', '), 0.9],
    ['PubMed', pubmed, 0.7],
  ],
  gene: [
    ['Item', (r) => twoLines(r.item, r.item === 'parts' ? r.region : ''), 0.8],
    ['Stated', (r) => r.stated, 1.4],
    ['Our tables', (r) => r.ours, 1.8],
    ['Agrees', (r) => r.agrees, 0.8],
    REVIEW,
  ],
  expression: [
    ['Cancer', (r) => twoLines(r.cancer, r.term && `${r.term}, ${r.term_id}`), 1.2],
    ['Measured', (r) => twoLines(r.measured, r.subject), 0.95],
    ['Direction', (r) => twoLines(r.direction, r.compared_with === 'not stated' ? '' : `than ${r.compared_with}`), 0.95],
    ['Means', (r) => twoLines(r.outcome.split(';').join(', '), r.meaning), 1.6],
    REGION,
    REVIEW,
  ],
  agents: [
    ['Agent', (r) => twoLines(r.agent, r.also.split(';').join(', ')), 1.1],
    ['With', (r) => r.combined_with.split(';').join(', '), 0.8],
    ['Class, acts on', (r) => twoLines(r.agent_class, `${r.acts_on}${r.multitargeted === 'yes' ? '; multitargeted' : ''}`), 1.2],
    ['Context', (r) => r.context, 1.3],
    ['Stage', (r) => twoLines(r.stage, r.trials > 0 ? plural(+r.trials, 'trial') : ''), 1, (r) => +r.trials],
    REGION,
    REVIEW,
  ],
  citations: [
    ['Name', (r) => twoLines(r.key, r.cited_for), 1],
    ['Paper', (r) => twoLines(r.title, r.authors), 2.2],
    ['Journal', (r) => [r.journal, r.year, r.volume, r.pages].filter(Boolean).join(' '), 1],
    ['DOI', (r) => r.doi, 1],
    ['PubMed', (r) => (r.pubmed ? pubmed(r) : ''), 0.9],
    ['Concludes', (r) => r.concludes, 1.4],
    ['Checked', (r) => twoLines(r.checked, r.flag), 1.3],
  ],
  trials: [
    ['Trial', trial, 1.2, (r) => r.nct],
    ['Drug', (r) => twoLines(r.drug, r.also.split(';').join(', ')), 1.1],
    ['Class, acts on', (r) => twoLines(r.drug_class, `${r.acts_on}${r.multitargeted === 'yes' ? '; multitargeted' : ''}`), 1.3],
    ['Cancer', (r) => twoLines(r.cancer, r.combination ? `with ${r.combination}` : ''), 1.6],
    ['Phase', (r) => r.phase, 0.6],
    REGION,
    REVIEW,
  ],
  resistance: [
    ['Drug, acts on', (r) => twoLines(r.drug, [r.resistance, r.drug_acts_on].filter(Boolean).join('; ')), 1.3],
    ['Cancer', (r) => twoLines(r.cancer, r.model), 1.15],
    [() => receptor.name, (r) => twoLines(r.effect_on_receptor, r.measure), 0.95],
    [
      'Finding',
      (r) =>
        twoLines(
          r.finding,
          [r.sensitive_lines && `sensitive: ${r.sensitive_lines}`, r.resistant_lines && `resistant: ${r.resistant_lines}`]
            .filter(Boolean)
            .join('; '),
        ),
      1.7,
    ],
    REGION,
    REVIEW,
  ],
  regulation: [
    ['Regulator', (r) => twoLines(r.regulator, r.symbol !== r.regulator ? r.symbol : ''), 1],
    ['Level', (r) => r.level, 1.2],
    ['Acts at', (r) => r.acts_at, 0.9],
    ['Effect', (r) => twoLines(r.effect, r.detail), 1.6],
    ['Context', (r) => r.context, 1],
    REGION,
    REVIEW,
  ],
  partners: [
    ['Partner', (r) => twoLines(r.partner, r.symbol !== r.partner ? r.symbol : ''), 0.8],
    [
      'Relation',
      (r) =>
        twoLines(
          r.relation,
          r.needs_ligand === 'not stated' ? '' : `needs ${(D.proteins[1] || { name: 'ligand' }).name}: ${r.needs_ligand}`,
        ),
      0.9,
    ],
    ['Effect', (r) => r.effect, 1.6],
    ['Context', (r) => r.context, 0.9],
    REGION,
    REVIEW,
  ],
  mechanisms: [
    ['Edge', (r) => r.edge, 0.5],
    ['Source', (r) => r.source, 1],
    ['Effect', (r) => twoLines(r.effect, r.basis === 'stated' ? '' : r.basis), 0.8],
    ['Target', (r) => r.target, 1.1],
    ['Context', (r) => r.context, 0.9],
    REGION,
    REVIEW,
  ],
};

// Columns whose values can be chosen from a list, by table.
const CHOICES = {
  residues: {
    protein: 'any protein',
    structure: 'any structure',
    domain: 'any domain',
    exons: 'any exon',
    coverage: 'any coverage',
    interface: 'any interface',
  },
  contacts: { structure: 'any structure', interface: 'any interface', copies: 'any copies' },
  interactions: { structure: 'any structure', type: 'any type', interface: 'any interface', grade: 'any grade' },
  interfaces: { structure: 'any structure', interface: 'any interface' },
  trials: { drug_class: 'any class', phase: 'any phase', multitargeted: 'any' },
  resistance: { resistance: 'any kind', model: 'any model', source: 'table or text' },
  regulation: { level: 'any level', effect: 'any effect' },
  partners: { relation: 'any relation' },
  expression: { measured: 'anything measured', subject: 'any subject' },
  agents: { agent_class: 'any class' },
  mechanisms: { effect: 'any effect', basis: 'any basis' },
  affinity: { assay: 'any assay' },
};
const NOUNS = {
  residues: 'row',
  contacts: 'contact',
  interactions: 'interaction',
  interfaces: 'chain pair',
  sites: 'site',
  affinity: 'constant',
  gene: 'statement',
  expression: 'statement',
  agents: 'agent',
  citations: 'paper',
  trials: 'trial',
  resistance: 'row',
  regulation: 'row',
  partners: 'claim',
  mechanisms: 'edge',
};
