// Tables: filtered by words and choices, sorted by a heading, moved through by keys; long ones draw only the rows in sight.
const ROW = 25, LONG = 800;
const grids = {};

const side = (row, i) => {
  const s = row.sides[i], three = s.component[0] + s.component.slice(1).toLowerCase();
  return s.protein ? `${s.protein} ${letterOf(proteinNamed(s.protein), s.position)}${s.position}` : `${three} ${s.number}`;
};
const author = (row, i) => `${row.sides[i].chain}/${row.sides[i].number}`;
const outside = (href, text) => el('a', { href, target: '_blank', rel: 'noopener noreferrer', onclick: (event) => event.stopPropagation() }, text);
const trial = (row) => (/^NCT\d{8}$/.test(row.nct) ? outside(`https://clinicaltrials.gov/study/${row.nct}`, row.nct) : row.nct);
const pubmed = (row) => (/^\d+$/.test(row.pubmed) ? outside(`https://pubmed.ncbi.nlm.nih.gov/${row.pubmed}/`, row.pubmed) : row.pubmed);
const twoLines = (first, second) => (second ? el('span', {}, el('span', { class: first.length < 13 ? 'n' : '' }, first), el('small', {}, second)) : first);

function review(row) {
  const place = [row.section, row.row ? `row ${row.row}` : '', row.sentence ? `sentence ${row.sentence}` : '', row.figure || '',
    row.refs ? `ref. ${row.refs.split(';').join(', ')}` : ''].filter(Boolean).join(', ');
  return el('span', {}, row.wording ? `“${row.wording}” ` : '', el('small', {}, place), row.flag ? el('em', { class: 'flag' }, row.flag) : '');
}
const REVIEW = ['In the review', review, 2.6, (row) => row.section];
const REGION = ['Region', (row) => twoLines(row.residues.split(';').join(', ') || row.region.split(';').join(', '), row.residues ? row.region.split(';').join(', ') : ''), 1.1, (row) => row.region];

// Heading, cell, share of the width, and what to sort by where that is not the cell's text.
const COLUMNS = {
  residues: [
    ['Residue', (r) => `${r.protein} ${r.residue}${r.position}`, 1.05, (r) => +r.position], ['Exon', (r) => r.exons.replace(';', ', '), 0.55, (r) => +r.exons.split(';')[0]],
    ['Domain', (r) => { const box = domainAt(proteinNamed(r.protein), +r.position); return box ? box.label : ''; }, 0.75], ['Structure', (r) => `${r.structure} ${r.chain}`, 1.1],
    ['Author', (r) => r.number + r.icode, 0.65, (r) => +r.number], ['Coverage', (r) => r.coverage + (r.plddt ? ` ${number(r.plddt, 0)}` : ''), 1.55],
    ['Buried Å²', (r) => (+r.buried_area ? number(r.buried_area, 0) : ''), 0.65, (r) => +r.buried_area], ['Burial', (r) => r.burial, 0.75], ['Interface', (r) => r.interface, 0.9],
    ['Touches', (r) => r.partners.split(';').join(', '), 1.5], ['Site', (r) => r.site, 0.6],
  ],
  contacts: [
    [() => receptor.name, (r) => side(r, 0), 1.1, (r) => +r.position_1], ['Author', (r) => author(r, 0), 0.7], [() => (D.proteins[1] || {}).name || 'partner', (r) => side(r, 1), 1.1, (r) => +r.position_2],
    ['Author', (r) => author(r, 1), 0.7], ['Å', (r) => number(r.distance, 2), 0.5, (r) => +r.distance], ['Atom pairs', (r) => r.atom_pairs, 0.7, (r) => +r.atom_pairs],
    ['Interface', (r) => r.interface, 0.8], ['Copies', (r) => r.copies, 0.6], ['Structure', (r) => r.structure, 0.8],
  ],
  interactions: [
    ['Type', (r) => r.type, 1], ['Residue 1', (r) => twoLines(side(r, 0), `${author(r, 0)} ${r.atoms_1.replace(/;/g, ', ')}`), 1.2, (r) => +r.position_1],
    ['Residue 2', (r) => twoLines(side(r, 1), `${author(r, 1)} ${r.atoms_2.replace(/;/g, ', ')}`), 1.2, (r) => +r.position_2],
    ['Donor → acceptor', (r) => (r.donor ? `${r.donor} → ${r.acceptor}` : ''), 1.5], ['Å', (r) => number(r.distance, 2), 0.5, (r) => +r.distance],
    ['Angle', (r) => (r.angle ? `${number(r.angle, 0)}°` : ''), 0.5, (r) => +r.angle], ['Grade', (r) => r.grade, 0.5], ['Reasons', (r) => r.reasons, 1.8],
    ['Interface', (r) => (r.interface === 'none' ? '' : r.interface), 0.8], ['Copies', (r) => r.copies, 0.6], ['Structure', (r) => r.structure, 0.8],
  ],
  interfaces: [
    ['Structure', (r) => r.structure, 0.9], ['Pair', (r) => `${r.protein_1} ${r.chain_1} – ${r.protein_2} ${r.chain_2}`, 1.5], ['Interface', (r) => r.interface, 0.9],
    ['Residue pairs', (r) => r.residue_pairs, 0.85, (r) => +r.residue_pairs], ['Atom pairs', (r) => r.atom_pairs, 0.65, (r) => +r.atom_pairs], ['Closest Å', (r) => number(r.min_distance, 2), 0.7],
    ['Buried Å²', (r) => twoLines(number(r.bsa, 0), r.bsa && +r.bsa ? `${number(r.bsa_1, 0)} + ${number(r.bsa_2, 0)}` : ''), 1.1, (r) => +r.bsa], ['H-bonds', (r) => r.hbonds, 0.75, (r) => +r.hbonds],
    ['Salt bridges', (r) => r.salt_bridges, 0.75, (r) => +r.salt_bridges], ['Sheet', (r) => r.sheet, 1.8],
  ],
  sites: [
    ['Residue', (r) => r.residue + r.position, 0.6, (r) => +r.position], ['Role', (r) => r.role, 2], ['Partners', (r) => r.partners, 1.6], ['Exon', (r) => r.exons.replace(';', ', '), 0.4],
    REGION, ['Source', (r) => twoLines(r.source, r.remark), 2.4],
  ],
  affinity: [
    ['Mutation (UniProt)', (r) => r.mutations_uniprot.split(';').join(', '), 1.5], ['Author numbering', (r) => r.mutations.split(';').join(', '), 1.5],
    ['Kd mutant nM', (r) => r.bound + r.kd_mutant_nM, 0.7, (r) => +r.kd_mutant_nM], ['Kd wild type nM', (r) => r.kd_wildtype_nM, 0.7, (r) => +r.kd_wildtype_nM],
    ['ΔΔG kcal/mol', (r) => `${r.bound}${+r.ddg > 0 ? '+' : ''}${number(r.ddg, 2)}`.replace('-', '−'), 0.7, (r) => +r.ddg], ['Assay', (r) => twoLines(r.assay, r.flag), 1.8],
    ['Region', (r) => r.region.split(';').join(', '), 0.9], ['PubMed', pubmed, 0.7], ['Collected in', (r) => r.collected_in, 1],
  ],
  trials: [
    ['Trial', trial, 1.2, (r) => r.nct], ['Drug', (r) => twoLines(r.drug, r.also.split(';').join(', ')), 1.1], ['Class, acts on', (r) => twoLines(r.drug_class, r.acts_on), 1.3],
    ['Cancer', (r) => twoLines(r.cancer, r.combination ? `with ${r.combination}` : ''), 1.6], ['Phase', (r) => r.phase, 0.6], REGION, REVIEW,
  ],
  resistance: [
    ['Drug, acts on', (r) => twoLines(r.drug, r.drug_acts_on), 1.1], ['Kind', (r) => r.resistance, 0.8], ['Cancer', (r) => twoLines(r.cancer, r.model), 0.9],
    [() => receptor.name, (r) => twoLines(r.axl, r.measure), 0.9], ['Finding', (r) => twoLines(r.finding, [r.sensitive_lines && `sensitive: ${r.sensitive_lines}`, r.resistant_lines && `resistant: ${r.resistant_lines}`].filter(Boolean).join('; ')), 1.8], REGION, REVIEW,
  ],
  regulation: [
    ['Regulator', (r) => twoLines(r.regulator, r.symbol !== r.regulator ? r.symbol : ''), 1], ['Level', (r) => r.level, 1.2], ['Acts at', (r) => r.acts_at, 0.9],
    ['Effect', (r) => twoLines(r.effect, r.detail), 1.6], ['Context', (r) => r.context, 1], REGION, REVIEW,
  ],
  partners: [
    ['Partner', (r) => twoLines(r.partner, r.symbol !== r.partner ? r.symbol : ''), 0.8], ['Relation', (r) => twoLines(r.relation, r.needs_gas6 === 'not said' ? '' : `needs ${(D.proteins[1] || { name: 'ligand' }).name}: ${r.needs_gas6}`), 0.9],
    ['Effect', (r) => r.effect, 1.6], ['Context', (r) => r.context, 0.9], REGION, REVIEW,
  ],
  mechanisms: [
    ['Edge', (r) => r.edge, 0.5], ['Source', (r) => r.source, 1], ['Effect', (r) => twoLines(r.effect, r.basis === 'stated' ? '' : r.basis), 0.8], ['Target', (r) => r.target, 1.1],
    ['Context', (r) => r.context, 0.9], REGION, REVIEW,
  ],
};

// Columns whose values can be chosen from a list, by table.
const CHOICES = {
  residues: { protein: 'any protein', structure: 'any structure', domain: 'any domain', exons: 'any exon', coverage: 'any coverage', interface: 'any interface' },
  contacts: { structure: 'any structure', interface: 'any interface', copies: 'any copies' },
  interactions: { structure: 'any structure', type: 'any type', interface: 'any interface', grade: 'any grade' },
  interfaces: { structure: 'any structure', interface: 'any interface' },
  trials: { drug_class: 'any class', phase: 'any phase' }, resistance: { resistance: 'any kind', model: 'any model' }, regulation: { level: 'any level', effect: 'any effect' },
  partners: { relation: 'any relation' }, mechanisms: { effect: 'any effect', basis: 'any basis' }, affinity: { assay: 'any assay' },
};
const NOUNS = {
  residues: 'row', contacts: 'contact', interactions: 'interaction', interfaces: 'chain pair', sites: 'site', affinity: 'constant', trials: 'trial',
  resistance: 'row', regulation: 'row', partners: 'claim', mechanisms: 'edge',
};

const natural = new Intl.Collator('en', { numeric: true });

function makeGrid(name) {
  const { head, rows } = tables[name], columns = COLUMNS[name], wide = columns.reduce((sum, c) => sum + c[2], 0);
  const grid = (grids[name] = { name, rows, shown: rows, current: 0, order: null, long: rows.length > LONG, filters: {} });
  const host = $(`table-${name}`);
  grid.words = el('input', { type: 'search', placeholder: 'filter by words', 'aria-label': `filter ${name} by words`, oninput: () => refresh(grid) });
  const bar = el('div', { class: 'bar' }, grid.words);
  for (const [column, any] of Object.entries(CHOICES[name] || {})) {
    const values = [...new Set(rows.flatMap((row) => (column === 'exons' || column === 'interface' ? row[column].split(';') : [row[column]])))].filter((v) => v !== '');
    if (values.length < 2) { continue; }
    values.sort(column === 'exons' ? natural.compare : () => 0);
    grid.filters[column] = el('select', { 'aria-label': any, onchange: () => refresh(grid) }, el('option', { value: '' }, any),
      ...values.map((value) => el('option', { value }, column === 'exons' ? `exon ${value}` : value)));
    bar.append(grid.filters[column]);
  }
  if (D.evidence[name]) {
    grid.region = el('select', { 'aria-label': 'region', onchange: () => refresh(grid) }, ...regionOptions(rows));
    bar.append(grid.region);
  }
  grid.only = el('input', { type: 'checkbox', onchange: () => refresh(grid) });
  bar.append(el('label', {}, grid.only, ' selected'));
  grid.count = el('span', { class: 'count', role: 'status' });
  bar.append(grid.count, el('button', { type: 'button', 'aria-label': `download ${name} as TSV`, title: 'the rows shown, as tab-separated values', onclick: () => download(grid, head) }, '↓ TSV'));
  grid.body = el('tbody');
  grid.scroll = el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${name}, up and down arrow move, Enter selects` });
  const heads = columns.map(([title, , share], i) => {
    const th = el('th', { scope: 'col' }, el('button', { type: 'button', onclick: () => sortBy(grid, i) }, typeof title === 'function' ? title() : title));
    th.style.width = `${(100 * share) / wide}%`;
    return th;
  });
  grid.heads = heads;
  grid.scroll.append(el('table', { class: grid.long ? 'long' : '', 'aria-rowcount': rows.length }, el('thead', {}, el('tr', {}, ...heads)), grid.body));
  grid.scroll.addEventListener('keydown', (event) => moveIn(grid, event));
  if (grid.long) { grid.scroll.addEventListener('scroll', () => window.requestAnimationFrame(() => paintRows(grid))); }
  if (name === 'residues') { // begins with what most people want first; everything else is one choice away
    const first = D.structures.find((s) => s.reference) || D.structures[0];
    for (const [column, value] of [['protein', receptor.name], ['structure', first ? first.id : '']]) { if (grid.filters[column]) { grid.filters[column].value = value; } }
  }
  host.replaceChildren(bar, grid.scroll);
  refresh(grid);
}

function regionOptions(rows) {
  const present = (spans) => rows.some((row) => !isWhole(row) && row.spans.some((a) => spans.some((b) => overlap(a, b))));
  const options = [['', 'any region']];
  for (const protein of D.proteins) {
    for (const part of [...protein.regions, ...protein.boxes.filter((b) => b.kind === 'domain')]) {
      if (present([{ protein: protein.name, ...part }])) {
        options.push([`${protein.name}|${part.first}|${part.last}`, `${protein === receptor ? '' : `${protein.name} `}${part.label || part.name}`]);
      }
    }
  }
  if (rows.some(isWhole)) { options.push(['*', WHOLE]); }
  if (rows.some((row) => !row.spans.length)) { options.push(['-', 'no region']); }
  return options.map(([value, text]) => el('option', { value }, text));
}

function inRegion(row, value) {
  if (value === '*') { return isWhole(row); }
  if (value === '-') { return !row.spans.length; }
  const [protein, first, last] = value.split('|');
  return !isWhole(row) && row.spans.some((span) => overlap(span, { protein, first: +first, last: +last }));
}

// Rows that are about the selection: of a residue all that name it, of a region all that share a residue with it.
function isTied(row) {
  const spans = spansSelected();
  if (!spans.length) { return false; }
  if (row.spans) {
    if (isWhole(row)) { return selection.source === row; }
    return row.spans.some((a) => spans.some((b) => overlap(a, b)));
  }
  if (row.sides) { return row.sides.some((s) => spans.some((span) => covers(span, s.protein, s.position))); }
  if (row.position) { return spans.some((span) => covers(span, row.protein, +row.position)); }
  return false;
}

function refresh(grid) {
  const asked = grid.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  grid.shown = grid.rows.filter((row) => Object.entries(grid.filters).every(([column, node]) => !node.value || row[column].split(';').includes(node.value) || row[column] === node.value)
    && (!grid.region || !grid.region.value || inRegion(row, grid.region.value)) && (!grid.only.checked || isTied(row)) && asked.every((word) => textOf(grid, row).includes(word)));
  if (grid.order) {
    const [i, down] = grid.order, [, cell, , by] = COLUMNS[grid.name][i];
    const value = by || ((row) => { const made = cell(row); return made && made.textContent !== undefined ? made.textContent : made; });
    grid.shown = grid.shown.map((row) => [value(row), row]).sort(([a], [b]) => (typeof a === 'number' && typeof b === 'number' ? a - b : natural.compare(a, b))).map(([, row]) => row);
    if (down) { grid.shown.reverse(); }
  }
  grid.count.textContent = grid.shown.length === grid.rows.length ? plural(grid.rows.length, NOUNS[grid.name]) : `${grid.shown.length} of ${plural(grid.rows.length, NOUNS[grid.name])}`;
  grid.current = 0;
  grid.scroll.scrollTop = 0;
  paintRows(grid);
}

function textOf(grid, row) {
  if (!row.text) {
    const sides = row.sides ? [side(row, 0), side(row, 1), author(row, 0), author(row, 1)] : row.observed_residue !== undefined ? [row.residue + row.position, `${row.chain}/${row.number}`] : [];
    row.text = [...tables[grid.name].head.map((column) => row[column]), ...sides].join(' ').toLowerCase();
  }
  return row.text;
}

function sortBy(grid, i) {
  const [was, down] = grid.order || [];
  grid.order = was === i ? (down ? null : [i, true]) : [i, false];
  grid.heads.forEach((th, n) => { th.removeAttribute('aria-sort'); if (grid.order && n === i) { th.setAttribute('aria-sort', grid.order[1] ? 'descending' : 'ascending'); } });
  refresh(grid);
}

function paintRows(grid) {
  const from = grid.long ? Math.max(0, Math.floor(grid.scroll.scrollTop / ROW) - 10) : 0;
  const to = grid.long ? Math.min(grid.shown.length, from + Math.ceil(grid.scroll.clientHeight / ROW) + 25) : grid.shown.length;
  const rows = grid.shown.slice(from, to).map((row, i) => {
    const cells = COLUMNS[grid.name].map(([, cell]) => { const made = cell(row); return el('td', typeof made !== 'string' ? {} : grid.long ? { title: made } : made.length < 15 ? { class: 'n' } : {}, made); });
    const node = el('tr', { 'aria-rowindex': from + i + 2, class: from + i === grid.current ? 'current' : '', onclick: () => { grid.current = from + i; choose(row); } }, ...cells);
    if (isTied(row)) { node.classList.add('tied'); node.setAttribute('aria-selected', 'true'); }
    if (selection.source === row) { node.classList.add('chosen'); }
    return node;
  });
  if (!grid.shown.length) { rows.push(el('tr', { class: 'none' }, el('td', { colspan: COLUMNS[grid.name].length }, 'No row is like that.'))); }
  if (grid.long) {
    const pad = (count) => { const node = el('tr', { class: 'pad', 'aria-hidden': 'true' }, el('td', { colspan: COLUMNS[grid.name].length })); node.style.height = `${count * ROW}px`; return node; };
    rows.unshift(pad(from));
    rows.push(pad(grid.shown.length - to));
  }
  grid.body.replaceChildren(...rows);
}

function moveIn(grid, event) {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity }[event.key];
  if (event.target.closest('a, button')) { return; }
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); if (grid.shown[grid.current]) { choose(grid.shown[grid.current]); } }
  if (step === undefined) { return; }
  event.preventDefault();
  grid.current = Math.max(0, Math.min(grid.shown.length - 1, grid.current + step));
  if (grid.long) {
    const top = grid.current * ROW;
    if (top < grid.scroll.scrollTop) { grid.scroll.scrollTop = top; }
    if (top > grid.scroll.scrollTop + grid.scroll.clientHeight - 3 * ROW) { grid.scroll.scrollTop = top - grid.scroll.clientHeight + 3 * ROW; }
    paintRows(grid);
  } else {
    for (const node of grid.body.querySelectorAll('.current')) { node.classList.remove('current'); }
    const node = grid.body.rows[grid.current];
    if (node) { node.classList.add('current'); node.scrollIntoView({ block: 'nearest' }); }
  }
}

// A row chosen: its residue, both of its residues, or its region is selected everywhere.
function choose(row) {
  if (row.spans) {
    const single = row.spans.length === 1 && row.spans[0].first === row.spans[0].last;
    const label = (row.residues || row.region).split(';').join(', ');
    if (single) { select({ kind: 'residue', protein: row.spans[0].protein, position: row.spans[0].first, source: row }); }
    else if (row.spans.length) { select({ kind: 'region', label, spans: row.spans, source: row }); }
    else { select({ kind: 'none', source: row, note: `This row is tied to no residue of ${D.proteins.map((p) => p.name).join(' or ')}${row.region_by ? ` (${row.region_by})` : ''}.` }); }
  } else if (row.sides) {
    const sides = row.sides.filter((s) => s.position);
    const spans = sides.map((s) => ({ protein: s.protein, first: s.position, last: s.position }));
    if (sides.length) { select({ kind: 'residue', protein: sides[0].protein, position: sides[0].position, also: spans.slice(1), source: row }); }
  } else if (row.chain_1) { chooseInterface(row); }
  else { select({ kind: 'residue', protein: row.protein, position: +row.position }); }
}

function chooseInterface(row) {
  const own = (tables.contacts ? tables.contacts.rows : []).filter((c) => c.structure === row.structure && c.chain_1 === row.chain_1 && c.chain_2 === row.chain_2);
  const seen = new Map(own.flatMap((c) => c.sides).filter((s) => s.position).map((s) => [key(s.protein, s.position), { protein: s.protein, first: s.position, last: s.position }]));
  const label = `${row.structure} ${row.chain_1}–${row.chain_2}, ${row.interface} interface`;
  if (seen.size) { select({ kind: 'region', label, spans: [...seen.values()], source: row }); }
  else { select({ kind: 'none', source: row, note: `${row.structure} ${row.chain_1}–${row.chain_2}: no contact between receptor and ligand to show.` }); }
}

function download(grid, head) {
  const lines = [head, ...grid.shown.map((row) => head.map((column) => row[column]))].map((cells) => `${cells.join('\t')}\n`);
  const url = URL.createObjectURL(new Blob(lines, { type: 'text/tab-separated-values' }));
  el('a', { href: url, download: `${grid.name}.tsv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function markTables() {
  for (const grid of Object.values(grids)) { if (grid.only.checked) { refresh(grid); } else { paintRows(grid); } }
}
