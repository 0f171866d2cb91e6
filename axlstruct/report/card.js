// The card of what is selected: all that is known of a residue, or what a region holds.
function showCard() {
  const card = $('card');
  card.replaceChildren(
    ...(selection.kind === 'residue' ? residueCard() : selection.kind === 'region' ? regionCard() : emptyCard()),
  );
  card.scrollTop = 0;
}

const fact = (name, ...value) =>
  value.some((v) => v !== '' && v !== null && v !== undefined)
    ? el('div', { class: 'fact' }, el('dt', {}, name), el('dd', {}, ...value))
    : '';
const chip = (protein, position, text, title) =>
  el(
    'button',
    { type: 'button', class: 'chip', title: title || '', onclick: () => select({ kind: 'residue', protein, position }) },
    text,
  );

function emptyCard() {
  const text = selection.note || 'Click a domain, exon, site, letter, table row or atom, or type a residue above.';
  return [
    el('h2', {}, selection.note ? 'No residue' : 'Nothing selected'),
    el('p', {}, text),
    el('h3', {}, 'Key to the tracks'),
    trackKey(),
  ];
}

// What the fill of a site's head means, as in the figures; where roles are too many to tell apart, all are open.
function siteKey() {
  const roles = new Map();
  for (const site of D.proteins.flatMap((p) => p.sites)) {
    into(roles, site.fill, site.role);
  }
  return [...roles].map(([fill, names]) => {
    const different = [...new Set(names)];
    return [fill, different.length > 1 || !different[0] ? 'curated site' : `site: ${different[0]}`];
  });
}

// Only what is drawn is explained.
function trackKey() {
  const all = (list) => D.proteins.flatMap(list),
    runs = all((p) => p.coverage.flatMap((c) => c.runs)),
    has = (word) => runs.some((run) => run[2] === word);
  const solid = (color, high = BAR) => rect(0, 7 - high / 2, 26, high, { fill: color });
  const items = [
    ...siteKey().map(([fill, text]) => [true, text, el('svg:circle', { cx: 13, cy: 7, r: 4, class: 'site', fill })]),
    [all((p) => p.features).some((f) => f.kind === 'glycosylation'), 'glycosylation', rect(9.5, 3.5, 7, 7, { class: 'glycan' })],
    [all((p) => p.exons).some((e) => e.split), 'exon junction that splits a codon', line('M10 5h6l-3 4z', { class: 'split' })],
    [has('observed'), 'observed', solid(D.colors.coverage.observed)],
    [has('partial'), D.meaning.partial, solid(D.colors.coverage.partial, BAR / 2)],
    [has('unobserved'), D.meaning.unobserved, line('M0 7h26', { class: 'dotted' })],
    [
      has('different'),
      D.meaning.different,
      solid(D.colors.coverage.observed),
      rect(12, 2.5, 2, 9, { fill: D.colors.coverage.different }),
    ],
    [has('unknown'), D.meaning.unknown, rect(0.5, 4, 25, 6, { class: 'unknown' })],
    ...D.colors.plddt.map(([, color, label]) => [
      runs.some((run) => run[3] === color && run[2] === 'predicted'),
      `predicted, pLDDT ${label}`,
      solid(color),
    ]),
    ...Object.entries(D.colors.interface).map(([name, color]) => [
      all((p) => p.interface).some((row) => row.interface === name),
      `contact of the ${name} interface; short: not in every copy`,
      rect(8, 3, 3, 8, { fill: color }),
      rect(15, 6.5, 3, 4.5, { fill: color }),
    ]),
    [
      all((p) => p.published).length,
      'published rows tied to a region (how many) or a residue; those on the whole receptor are not drawn',
      rect(0.5, 2, 19, 10, { class: 'published', 'fill-opacity': 0.2 }),
      el('svg:circle', { cx: 23.5, cy: 7, r: 2, class: 'point' }),
    ],
  ];
  return el(
    'ul',
    { id: 'track-key' },
    ...items
      .filter(([there]) => there)
      .map(([, text, ...marks]) => el('li', {}, el('svg:svg', { width: 26, height: 14, 'aria-hidden': 'true' }, ...marks), text)),
    el('li', {}, el('b', {}, 'AG'), 'letters in bold are in the structure shown'),
  );
}

// A letter and a number that mean another residue too: which, what it touches, and a way there.
function otherReading({ ask, protein, position, structure }) {
  const rows = (at.get(key(protein, position)) || []).filter((row) => row.structure === structure),
    interfaces = [...new Set(rows.flatMap((row) => row.interface.split(';')).filter(Boolean))],
    touched = touchedIn(structure, protein, position);
  return el(
    'p',
    { class: 'reading' },
    'Read as UniProt’s. ',
    chip(protein, position, ask),
    ` is another residue: ${protein} ${nameOf(proteinNamed(protein), position)}`,
    interfaces.length ? `, in the ${interfaces.join(' and ')} contact of ${structure}.` : '.',
    touched.length ? ` It touches ${touched.join(', ')}.` : '',
  );
}

// Names of the residues that one touches in a structure.
function touchedIn(structure, protein, position) {
  const rows = (partnersOf.get(key(protein, position)) || []).filter((r) => r.table === 'contacts' && r.structure === structure);
  const others = rows.map((r) => r.sides.find((s) => s.protein !== protein || s.position !== position) || r.sides[1]);
  return [
    ...new Set(others.filter((s) => s.position).map((s) => `${s.protein} ${nameOf(proteinNamed(s.protein), s.position)}`)),
  ];
}

function residueCard() {
  const protein = proteinNamed(selection.protein),
    n = selection.position,
    rows = at.get(key(protein.name, n)) || [];
  const letter = letterOf(protein, n),
    domain = domainAt(protein, n),
    exons = exonsAt(protein, n),
    site = siteAt(protein, n);
  const forms = protein.forms.map((form) => `${form.name} ${numberIn(form, n) || 'left out'}`),
    measured = [...new Set(rows.map((row) => row.ddg).filter(Boolean))];
  const known = protein.features.filter(
    (f) => (f.kind === 'disulfide' ? [f.first, f.last].includes(n) : f.first <= n && n <= f.last) && f.kind !== 'isoform',
  );
  return [
    el('h2', {}, `${protein.name} ${letter}${n}`, el('small', {}, `${ONE[letter] || letter} · ${protein.accession}:${n}${protein.numbering ? `, ${protein.numbering}` : ''}`)),
    ...(selection.readings || []).map(otherReading),
    el(
      'dl',
      {},
      fact(
        'With',
        ...(selection.also || []).map((s) =>
          chip(s.protein, s.first, `${s.protein} ${nameOf(proteinNamed(s.protein), s.first)}`),
        ),
      ),
      fact('Author', authors(rows)),
      fact('Forms', forms.join(' · ')),
      fact(
        'Domain',
        domain ? `${domain.name} (${dashed(domain.first, domain.last)})` : 'between domains',
        regionAt(protein, n) ? `, ${regionAt(protein, n)}` : '',
      ),
      fact(
        'Exon',
        exons.length ? exons.map((e) => e.number).join(' and ') : '',
        exons.length > 1 ? ', codon split' : '',
      ),
      fact(
        'Site',
        site ? `${site.role}${site.partners ? `; partners ${site.partners}` : ''}${site.remark ? `; ${site.remark}` : ''}` : '',
      ),
      fact(
        'Known',
        [
          ...new Set(known.map((f) => (f.name.toLowerCase().startsWith(f.kind.toLowerCase()) ? f.name : `${f.kind}: ${f.name}`))),
        ].join('; '),
      ),
      fact('Seen in', coverageList(rows)),
      fact('Contacts', contactList(protein, n)),
      fact('Bonds', bondList(protein, n)),
      fact('Buried', buriedList(rows)),
      fact(
        'ΔΔG',
        measured
          .flatMap((m) => m.split(';'))
          .join('; ')
          .replace(/>=/g, '≥ '),
        measured.length ? ' kcal/mol' : '',
      ),
      fact('Published', ...published([{ protein: protein.name, first: n, last: n }])),
    ),
  ];
}

function authors(rows) {
  const found = new Map();
  for (const row of rows) {
    if (row.number) {
      into(found, `${row.structure}`, `${row.chain}/${row.number}${row.icode}`);
    }
  }
  const print = (id) => ((structureNamed(id) || {}).missing ? ' (in print)' : '');
  return (
    [...found].map(([id, places]) => `${id} ${places.join(', ')}${print(id)}`).join(' · ') ||
    'none: no structure at hand shows it'
  );
}

function coverageList(rows) {
  const found = new Map();
  for (const row of rows) {
    const other = row.coverage === 'different' && row.observed_residue ? `: ${row.observed_residue}` : '';
    const gone = row.missing_atoms ? `, without ${row.missing_atoms.split(';').join(' ')}` : '';
    const text = [
      `${D.meaning[row.coverage]}${other}${gone}`,
      row.plddt ? `pLDDT ${number(row.plddt, 0)}` : '',
      (structureNamed(row.structure) || {}).missing ? 'as read in print' : row.note.replace(/^chain \w+ holds/, 'holds'),
    ]
      .filter(Boolean)
      .join('; ');
    into(found, `${row.structure}\n${ATOMS.has(row.coverage) ? 'yes' : 'no'}\n${text}`, row.chain);
  }
  const list = el(
    'ul',
    { class: 'seen-in' },
    ...[...found].map(([name, chains]) => {
      const [id, seen, text] = name.split('\n');
      return el('li', { class: seen }, el('b', {}, `${id} ${chains.filter(Boolean).join(', ')}`), ` ${text}`);
    }),
  );
  for (const s of D.structures) {
    if (!rows.some((row) => row.structure === s.id)) {
      list.append(el('li', { class: 'no' }, el('b', {}, s.id), ` no chain of ${selection.protein}`));
    }
  }
  return list;
}

function contactList(protein, n) {
  const found = new Map();
  for (const row of partnersOf.get(key(protein.name, n)) || []) {
    if (row.table !== 'contacts') {
      continue;
    }
    const other = row.sides.find((s) => s.protein !== protein.name || s.position !== n) || row.sides[1];
    const name = `${row.structure} ${row.interface}`;
    if (!found.has(name)) {
      found.set(name, new Map());
    }
    const id = other.position ? key(other.protein, other.position) : `${other.chain}/${other.number}`,
      was = found.get(name).get(id);
    if (!was || +row.distance < was.distance) {
      found.get(name).set(id, { other, distance: +row.distance, copies: row.copies, pairs: row.atom_pairs });
    }
  }
  if (!found.size) {
    return '';
  }
  return el(
    'span',
    {},
    ...[...found].flatMap(([name, others]) => [
      el('b', {}, `${name} `),
      ...[...others.values()].map(({ other, distance, copies, pairs }) =>
        other.position
          ? chip(
              other.protein,
              other.position,
              `${other.protein} ${nameOf(proteinNamed(other.protein), other.position)} ${distance.toFixed(1)} Å ${copies}`,
              `${plural(pairs, 'atom pair')}, seen in ${copies} copies`,
            )
          : `${other.component} ${other.number} `,
      ),
    ]),
  );
}

function bondList(protein, n) {
  const found = new Map();
  for (const row of partnersOf.get(key(protein.name, n)) || []) {
    if (row.table !== 'interactions') {
      continue;
    }
    const i = row.sides[0].protein === protein.name && row.sides[0].position === n ? 1 : 0,
      other = row.sides[i];
    const name = other.position
      ? `${other.protein} ${nameOf(proteinNamed(other.protein), other.position)}`
      : `${other.component} ${other.number}`;
    into(
      found,
      `${row.structure}: ${row.type.replace('hbond', 'hydrogen bond').replace('-', ' ')} with ${name}`,
      `${author(row, 0)}:${row.atoms_1.replace(/;/g, ',')}–${author(row, 1)}:${row.atoms_2.replace(/;/g, ',')} ${number(row.distance, 1)} Å, grade ${row.grade}`,
    );
  }
  return found.size
    ? el('ul', {}, ...[...found].map(([name, each]) => el('li', {}, name, el('small', {}, ` ${each.join('; ')}`))))
    : '';
}

function buriedList(rows) {
  return rows
    .filter((row) => row.buried_area && +row.buried_area > 0)
    .map(
      (row) =>
        `${row.structure} ${row.chain} ${number(row.buried_area, 0)} of ${(+row.buried_area + +row.exposed_area).toFixed(0)} Å²${row.burial ? ` (${row.burial})` : ''}`,
    )
    .join(' · ');
}

// What is published of these residues, then how much of the regions around them; rows on the whole receptor are counted apart.
function published(spans) {
  const here = evidenceRows.filter((row) => !isWhole(row) && row.spans.some((a) => spans.some((b) => overlap(a, b))));
  const exact = here.filter((row) => row.residues),
    counts = new Map();
  for (const row of here) {
    if (!row.residues) {
      into(counts, `${row.table}|${row.region}`, row);
    }
  }
  const parts = exact.map((row) =>
    el(
      'li',
      {},
      el('button', { type: 'button', class: 'link', onclick: () => openRow(row) }, D.evidence[row.table]),
      ` ${summary(row)}`,
    ),
  );
  for (const [name, rows] of counts) {
    const [table, region] = name.split('|');
    parts.push(
      el(
        'li',
        {},
        el(
          'button',
          { type: 'button', class: 'link', onclick: () => openRegion(table, rows[0]) },
          `${D.evidence[table]}: ${rows.length}`,
        ),
        ` on ${region.split(';').join(', ')}`,
      ),
    );
  }
  return parts.length ? [el('ul', {}, ...parts)] : [];
}

function summary(row) {
  if (row.table === 'affinity') {
    return `${row.mutations_uniprot.split(';').join(', ')}: ${bound(row).replace('>=', '≥ ')}${number(row.ddg, 2).replace('-', '−')} kcal/mol, ${row.assay}`;
  }
  if (row.table === 'sites') {
    return row.role;
  }
  if (row.table === 'partners') {
    return `${row.partner}, ${row.relation}${row.effect ? `: ${row.effect}` : ''} (ref. ${row.refs.split(';').join(', ')})`;
  }
  if (row.table === 'mechanisms') {
    return `${row.source} ${row.effect} ${row.target}${row.refs ? ` (ref. ${row.refs.split(';').join(', ')})` : ''}`;
  }
  if (row.table === 'trials') {
    return `${row.nct}: ${row.drug}, ${row.drug_class}, acts on ${row.acts_on}`;
  }
  if (row.table === 'regulation') {
    return `${row.regulator} ${row.effect}${row.detail ? `: ${row.detail}` : ''}`;
  }
  if (row.table === 'resistance') {
    return `${row.drug}, ${row.cancer}: ${row.finding}`;
  }
  if (row.table === 'expression') {
    return `${row.cancer}, ${row.measured === 'not stated' ? 'expression' : row.measured}: ${row.meaning}`;
  }
  if (row.table === 'agents') {
    return `${row.agent}${row.combined_with ? ` with ${row.combined_with}` : ''}, ${row.agent_class}`;
  }
  if (row.table === 'gene') {
    return `${row.stated} (ours: ${row.ours})`;
  }
  return row.wording || row.title || '';
}

function openRow(row) {
  openTab('evidence');
  openEvidence(row.table);
  const grid = grids[row.table];
  grid.words.value = '';
  grid.only.checked = false;
  for (const node of [...Object.values(grid.filters), grid.region]) {
    node.value = '';
  }
  refresh(grid);
  grid.current = grid.shown.indexOf(row);
  paintRows(grid);
  if (grid.body.rows[grid.current]) {
    grid.body.rows[grid.current].scrollIntoView({ block: 'nearest' });
  }
}

function openRegion(table, row) {
  openTab('evidence');
  openEvidence(table);
  const grid = grids[table],
    span = row.spans[0],
    value = `${span.protein}|${span.first}|${span.last}`;
  grid.region.value = [...grid.region.options].some((o) => o.value === value) ? value : '';
  refresh(grid);
}

function regionCard() {
  const spans = spansSelected(),
    total = spans.reduce((sum, s) => sum + s.last - s.first + 1, 0);
  const of = (map, name) => {
    if (!map.has(name)) {
      map.set(name, new Set());
    }
    return map.get(name);
  };
  const seen = new Map(),
    touching = new Map();
  for (const row of tables.residues.rows) {
    if (!spans.some((span) => covers(span, row.protein, +row.position))) {
      continue;
    }
    of(seen, row.structure);
    if (ATOMS.has(row.coverage)) {
      of(seen, row.structure).add(key(row.protein, row.position));
    }
    for (const name of row.interface.split(';')) {
      if (name && name !== 'unknown') {
        of(touching, `${row.structure} ${name}`).add(key(row.protein, row.position));
      }
    }
  }
  const source = selection.source,
    many = spans.length > 6;
  const places = spans.map((s) => `${s.protein} ${dashed(s.first, s.last)}`);
  const exons =
    spans.length === 1
      ? proteinNamed(spans[0].protein)
          .exons.filter((e) => e.first <= spans[0].last && spans[0].first <= e.last)
          .map((e) => e.number)
      : [];
  return [
    el(
      'h2',
      {},
      selection.label,
      el('small', {}, many ? plural(total, 'residue') : `${places.join(', ')} · ${plural(total, 'residue')}`),
    ),
    el(
      'dl',
      {},
      fact('This row', source && source.spans ? `${D.evidence[source.table]}: ${summary(source)}` : ''),
      fact('Exons', exons.length ? dashed(exons[0], exons[exons.length - 1]) : ''),
      fact(
        'Seen in',
        el(
          'ul',
          { class: 'seen-in' },
          ...[...seen].map(([id, found]) =>
            el(
              'li',
              { class: found.size ? 'yes' : 'no' },
              el('b', {}, id),
              found.size ? ` ${found.size} of ${plural(total, 'residue')}${confidence(id, spans)}` : ` ${reasonsIn(id, spans)}`,
            ),
          ),
        ),
      ),
      fact('Contacts', [...touching].map(([name, found]) => `${name}: ${plural(found.size, 'residue')}`).join(' · ')),
      many
        ? fact(
            'Residues',
            el(
              'span',
              {},
              ...spans.map((s) => chip(s.protein, s.first, `${s.protein} ${nameOf(proteinNamed(s.protein), s.first)}`)),
            ),
          )
        : '',
      many ? '' : fact('Published', ...published(spans)),
    ),
  ];
}
