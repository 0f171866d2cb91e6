// Overview and provenance: what is seen, where proteins meet, the sites, what is published, and every limit.
const listOf = (head, rows, name) =>
  el(
    'table',
    { class: 'plain', 'aria-label': name },
    el('thead', {}, el('tr', {}, ...head.map((h) => el('th', { scope: 'col' }, h)))),
    el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))))),
  );

function drawOverview() {
  const parts = [
    el('h3', {}, 'What is seen'),
    listOf(['Structure', 'What it is', 'Chains', 'Shown (UniProt positions)'], D.structures.map(seenRow), 'What is seen'),
  ];
  if (tables.interfaces) {
    parts.push(el('h3', {}, 'Where chains meet'), ...interfaceSummary());
  }
  if (receptor.sites.length) {
    parts.push(el('h3', {}, 'Sites'), listOf(['Site', 'Role', 'Shown in'], receptor.sites.map(siteRow), 'Sites'));
  }
  if (Object.keys(D.evidence).length) {
    parts.push(
      el('h3', {}, 'What is published'),
      el(
        'p',
        { class: 'chips' },
        ...Object.entries(D.evidence).map(([name, title]) =>
          el(
            'button',
            {
              type: 'button',
              class: 'chip',
              onclick: () => {
                openTab('evidence');
                openEvidence(name);
              },
            },
            `${title} ${tables[name].rows.length}`,
          ),
        ),
      ),
    );
  }
  if (D.notes.length) {
    parts.push(el('h3', {}, 'Limits and notes'), el('ul', { class: 'notes' }, ...D.notes.map((note) => el('li', {}, note))));
  }
  $('panel-overview').replaceChildren(...parts);
}

function seenRow(s) {
  const what = [s.role, s.method ? `${s.method.toLowerCase()}${s.resolution ? `, ${s.resolution.toFixed(1)} Å` : ''}` : '']
    .filter(Boolean)
    .join('; ');
  const rows = D.proteins.flatMap((p) => p.coverage.filter((c) => c.structure === s.id).map((c) => [p, c]));
  const chains = D.proteins
    .map((p) => [
      p.name,
      (s.chains || [])
        .filter((c) => c.protein === p.name)
        .map((c) => c.chain)
        .join(', '),
    ])
    .filter(([, own]) => own)
    .map(([name, own]) => `${name} ${own}`)
    .join('; ');
  const seen = el(
    'ul',
    {},
    ...rows.map(([p, c]) => {
      const runs = [];
      for (const [first, last, word] of c.runs) {
        if (!ATOMS.has(word)) {
          continue;
        }
        if (runs.length && runs[runs.length - 1][1] === first - 1) {
          runs[runs.length - 1][1] = last;
        } else {
          runs.push([first, last]);
        }
      }
      const gaps = c.runs.filter(([, , word]) => word === 'unobserved').map(([a, b]) => dashed(a, b));
      return el(
        'li',
        {},
        el('b', {}, `${p.name} ${c.chains.filter(Boolean).join(', ')} `),
        runs.map(([a, b]) => dashed(a, b)).join(', ') || 'nothing known',
        gaps.length ? `; disordered ${gaps.join(', ')}` : '',
        c.differences.length ? `; differs ${c.differences.join(', ')}` : '',
      );
    }),
  );
  return [
    el('b', {}, s.id),
    el(
      'span',
      {},
      what,
      s.missing ? el('em', { class: 'flag' }, `not at hand${s.in_print ? '; shown as read in print' : ''}`) : '',
      s.released ? el('em', { class: 'flag' }, 'from the released analysis, without coordinates') : '',
    ),
    chains,
    seen,
  ];
}

function interfaceSummary() {
  const classes = new Map();
  for (const row of tables.interfaces.rows) {
    if (+row.residue_pairs) {
      into(classes, `${row.structure}|${row.interface}`, row);
    }
  }
  const none = tables.interfaces.rows
    .filter((row) => !+row.residue_pairs)
    .map((row) => `${row.structure} ${row.chain_1}–${row.chain_2}`);
  const each = (rows, column, digits) => [...new Set(rows.map((row) => number(row[column], digits)))].join(', ');
  const out = [];
  if (classes.size) {
    out.push(
      listOf(
        ['Interface', 'Copies', 'Residue pairs', 'Buried Å²', 'H-bonds', 'Salt bridges', 'Sheet'],
        [...classes].map(([name, rows]) => {
          const [id, cls] = name.split('|');
          return [
            el('button', { type: 'button', class: 'link', onclick: () => chooseInterface(rows[0]) }, `${id} ${cls}`),
            rows.map((r) => `${r.chain_1}–${r.chain_2}`).join(', '),
            each(rows, 'residue_pairs', 0),
            each(rows, 'bsa', 0),
            each(rows, 'hbonds', 0),
            each(rows, 'salt_bridges', 0),
            [...new Set(rows.map((r) => r.sheet))].filter(Boolean).join('; '),
          ];
        }),
        'Interfaces',
      ),
    );
  }
  const settings = D.record.settings;
  out.push(
    el(
      'p',
      { class: 'small' },
      `Residue pairs: heavy atoms within ${settings.cutoff} Å. Buried: both sides together, ${settings.areas}. Asymmetric unit.${none.length ? ` No contact: ${none.join(', ')}.` : ''}`,
    ),
  );
  return out;
}

function siteRow(site) {
  const rows = (at.get(key(receptor.name, site.position)) || []).filter((row) => ATOMS.has(row.coverage));
  const seen = rows.map(
    (row) =>
      `${row.structure} ${row.chain}${row.plddt ? ` (predicted, pLDDT ${number(row.plddt, 0)}${+row.plddt < 70 ? ': low' : ''})` : structureNamed(row.structure).missing ? ' (as read in print)' : ''}`,
  );
  return [chip(receptor.name, site.position, site.name), site.role, seen.join(', ') || 'none'];
}

function drawProvenance() {
  const r = D.record;
  const parts = [
    el('p', {}, `${r.program}, target ${r.target}.`),
    el('h3', {}, 'Structures'),
    listOf(
      ['Structure', 'From', 'Release', 'SHA-256'],
      r.structures.map((s) => [
        el('b', {}, s.id),
        `${s.origin}: ${s.url}`,
        s.release,
        el('code', {}, s.sha256),
      ]),
      'Structures',
    ),
    el('h3', {}, 'Chains'),
    listOf(
      ['Structure', 'Chain', 'Protein', 'UniProt − author', 'Mapped by', 'Identity'],
      r.structures.flatMap((s) =>
        s.chains.map((c) => [
          s.id,
          c.chain,
          c.protein,
          c.offset === null ? 'not constant' : String(c.offset),
          c['mapped by'],
          String(c.identity),
        ]),
      ),
      'Chains',
    ),
    el('h3', {}, 'Proteins'),
    listOf(
      ['Protein', 'UniProt', 'Residues', 'Sequence and features', 'Exons'],
      r.proteins.map((p) => [p.name, p.accession, String(p.residues), p.source, p.transcript || 'not known']),
      'Proteins',
    ),
    el('h3', {}, 'Settings and packages'),
    listOf(
      ['Setting', 'Value'],
      [
        ...Object.entries(r.settings).map(([k, v]) => [k, String(v)]),
        [
          'packages',
          Object.entries(r.packages)
            .map(([k, v]) => `${k} ${v}`)
            .join(', '),
        ],
      ],
      'Settings',
    ),
  ];
  const gone = D.structures.filter((s) => s.missing);
  if (gone.length) {
    parts.push(
      el('h3', {}, 'Could not be had'),
      el('ul', { class: 'notes' }, ...gone.map((s) => el('li', {}, `${s.id}: ${s.missing}`))),
    );
  }
  $('panel-provenance').replaceChildren(...parts);
}
