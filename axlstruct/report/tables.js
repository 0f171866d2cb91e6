// Tables: filtered by words and choices, sorted by a heading, moved through by keys; long ones draw only the rows in sight.
const ROW = 25,
  LONG = 800;
const grids = {};

const natural = new Intl.Collator('en', { numeric: true });

function makeGrid(name) {
  const { head, rows } = tables[name],
    columns = COLUMNS[name],
    wide = columns.reduce((sum, c) => sum + c[2], 0);
  const grid = (grids[name] = { name, rows, shown: rows, current: 0, order: null, long: rows.length > LONG, filters: {} });
  const host = $(`table-${name}`);
  grid.words = el('input', {
    type: 'search',
    placeholder: 'filter by words',
    'aria-label': `filter ${name} by words`,
    oninput: () => refresh(grid),
  });
  const bar = el('div', { class: 'bar' }, grid.words);
  for (const [column, any] of Object.entries(CHOICES[name] || {})) {
    const values = [
      ...new Set(rows.flatMap((row) => (column === 'exons' || column === 'interface' ? row[column].split(';') : [row[column]]))),
    ].filter((v) => v !== '');
    if (values.length < 2) {
      continue;
    }
    values.sort(column === 'exons' ? natural.compare : () => 0);
    grid.filters[column] = el(
      'select',
      { 'aria-label': any, onchange: () => refresh(grid) },
      el('option', { value: '' }, any),
      ...values.map((value) => el('option', { value }, column === 'exons' ? `exon ${value}` : value)),
    );
    bar.append(grid.filters[column]);
  }
  if (D.evidence[name]) {
    grid.region = el('select', { 'aria-label': 'region', onchange: () => refresh(grid) }, ...regionOptions(rows));
    bar.append(grid.region);
  }
  grid.only = el('input', { type: 'checkbox', onchange: () => refresh(grid) });
  bar.append(el('label', {}, grid.only, ' selected'));
  grid.count = el('span', { class: 'count', role: 'status' });
  bar.append(
    grid.count,
    el(
      'button',
      {
        type: 'button',
        'aria-label': `download ${name} as TSV`,
        title: 'the rows shown, as tab-separated values',
        onclick: () => download(grid, head),
      },
      '↓ TSV',
    ),
  );
  grid.body = el('tbody');
  grid.scroll = el('div', {
    class: 'scroll',
    tabindex: 0,
    role: 'region',
    'aria-label': `${name}, up and down arrow move, Enter selects`,
  });
  const heads = columns.map(([title, , share], i) => {
    const th = el(
      'th',
      { scope: 'col' },
      el('button', { type: 'button', onclick: () => sortBy(grid, i) }, typeof title === 'function' ? title() : title),
    );
    th.style.width = `${(100 * share) / wide}%`;
    return th;
  });
  grid.heads = heads;
  grid.scroll.append(
    el(
      'table',
      { class: grid.long ? 'long' : '', 'aria-rowcount': rows.length },
      el('thead', {}, el('tr', {}, ...heads)),
      grid.body,
    ),
  );
  grid.scroll.addEventListener('keydown', (event) => moveIn(grid, event));
  if (grid.long) {
    grid.scroll.addEventListener('scroll', () => window.requestAnimationFrame(() => paintRows(grid)));
  }
  if (name === 'residues') {
    // begins with what most people want first; everything else is one choice away
    const first = D.structures.find((s) => s.reference) || D.structures[0];
    for (const [column, value] of [
      ['protein', receptor.name],
      ['structure', first ? first.id : ''],
    ]) {
      if (grid.filters[column]) {
        grid.filters[column].value = value;
      }
    }
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
        options.push([
          `${protein.name}|${part.first}|${part.last}`,
          `${protein === receptor ? '' : `${protein.name} `}${part.label || part.name}`,
        ]);
      }
    }
  }
  if (rows.some(isWhole)) {
    options.push(['*', WHOLE]);
  }
  if (rows.some((row) => !row.spans.length)) {
    options.push(['-', 'no region']);
  }
  return options.map(([value, text]) => el('option', { value }, text));
}

function inRegion(row, value) {
  if (value === '*') {
    return isWhole(row);
  }
  if (value === '-') {
    return !row.spans.length;
  }
  const [protein, first, last] = value.split('|');
  return !isWhole(row) && row.spans.some((span) => overlap(span, { protein, first: +first, last: +last }));
}

// Rows that are about the selection: of a residue all that name it, of a region all that share a residue with it.
function isTied(row) {
  const spans = spansSelected();
  if (!spans.length) {
    return false;
  }
  if (row.spans) {
    if (isWhole(row)) {
      return selection.source === row;
    }
    return row.spans.some((a) => spans.some((b) => overlap(a, b)));
  }
  if (row.sides) {
    return row.sides.some((s) => spans.some((span) => covers(span, s.protein, s.position)));
  }
  if (row.position) {
    return spans.some((span) => covers(span, row.protein, +row.position));
  }
  return false;
}

function refresh(grid) {
  const asked = grid.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  grid.shown = grid.rows.filter(
    (row) =>
      Object.entries(grid.filters).every(
        ([column, node]) => !node.value || row[column].split(';').includes(node.value) || row[column] === node.value,
      ) &&
      (!grid.region || !grid.region.value || inRegion(row, grid.region.value)) &&
      (!grid.only.checked || isTied(row)) &&
      asked.every((word) => textOf(grid, row).includes(word)),
  );
  if (grid.order) {
    const [i, down] = grid.order,
      [, cell, , by] = COLUMNS[grid.name][i];
    const value =
      by ||
      ((row) => {
        const made = cell(row);
        return made && made.textContent !== undefined ? made.textContent : made;
      });
    grid.shown = grid.shown
      .map((row) => [value(row), row])
      .sort(([a], [b]) => (typeof a === 'number' && typeof b === 'number' ? a - b : natural.compare(a, b)))
      .map(([, row]) => row);
    if (down) {
      grid.shown.reverse();
    }
  }
  grid.count.textContent =
    grid.shown.length === grid.rows.length
      ? plural(grid.rows.length, NOUNS[grid.name])
      : `${grid.shown.length} of ${plural(grid.rows.length, NOUNS[grid.name])}`;
  grid.current = 0;
  grid.scroll.scrollTop = 0;
  paintRows(grid);
}

function textOf(grid, row) {
  if (!row.text) {
    const sides = row.sides
      ? [side(row, 0), side(row, 1), author(row, 0), author(row, 1)]
      : row.observed_residue !== undefined
        ? [row.residue + row.position, `${row.chain}/${row.number}`]
        : [];
    row.text = [...tables[grid.name].head.map((column) => row[column]), ...sides].join(' ').toLowerCase();
  }
  return row.text;
}

function sortBy(grid, i) {
  const [was, down] = grid.order || [];
  grid.order = was === i ? (down ? null : [i, true]) : [i, false];
  grid.heads.forEach((th, n) => {
    th.removeAttribute('aria-sort');
    if (grid.order && n === i) {
      th.setAttribute('aria-sort', grid.order[1] ? 'descending' : 'ascending');
    }
  });
  refresh(grid);
}

function paintRows(grid) {
  const from = grid.long ? Math.max(0, Math.floor(grid.scroll.scrollTop / ROW) - 10) : 0;
  const to = grid.long ? Math.min(grid.shown.length, from + Math.ceil(grid.scroll.clientHeight / ROW) + 25) : grid.shown.length;
  const rows = grid.shown.slice(from, to).map((row, i) => {
    const cells = COLUMNS[grid.name].map(([, cell]) => {
      const made = cell(row);
      return el(
        'td',
        typeof made !== 'string' ? {} : grid.long ? { title: made } : made.length < 12 ? { class: 'n' } : { class: 'w' },
        made,
      );
    });
    const node = el(
      'tr',
      {
        'aria-rowindex': from + i + 2,
        class: from + i === grid.current ? 'current' : '',
        onclick: () => {
          grid.current = from + i;
          choose(row);
        },
      },
      ...cells,
    );
    if (isTied(row)) {
      node.classList.add('tied');
      node.setAttribute('aria-selected', 'true');
    }
    if (selection.source === row) {
      node.classList.add('chosen');
    }
    return node;
  });
  if (!grid.shown.length) {
    rows.push(el('tr', { class: 'none' }, el('td', { colspan: COLUMNS[grid.name].length }, 'No row is like that.')));
  }
  if (grid.long) {
    const pad = (count) => {
      const node = el('tr', { class: 'pad', 'aria-hidden': 'true' }, el('td', { colspan: COLUMNS[grid.name].length }));
      node.style.height = `${count * ROW}px`;
      return node;
    };
    rows.unshift(pad(from));
    rows.push(pad(grid.shown.length - to));
  }
  grid.body.replaceChildren(...rows);
}

function moveIn(grid, event) {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity }[event.key];
  if (event.target.closest('a, button')) {
    return;
  }
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    if (grid.shown[grid.current]) {
      choose(grid.shown[grid.current]);
    }
  }
  if (step === undefined) {
    return;
  }
  event.preventDefault();
  grid.current = Math.max(0, Math.min(grid.shown.length - 1, grid.current + step));
  if (grid.long) {
    const top = grid.current * ROW;
    if (top < grid.scroll.scrollTop) {
      grid.scroll.scrollTop = top;
    }
    if (top > grid.scroll.scrollTop + grid.scroll.clientHeight - 3 * ROW) {
      grid.scroll.scrollTop = top - grid.scroll.clientHeight + 3 * ROW;
    }
    paintRows(grid);
  } else {
    for (const node of grid.body.querySelectorAll('.current')) {
      node.classList.remove('current');
    }
    const node = grid.body.rows[grid.current];
    if (node) {
      node.classList.add('current');
      node.scrollIntoView({ block: 'nearest' });
    }
  }
}

// A row chosen: its residue, both of its residues, or its region is selected everywhere.
function choose(row) {
  if (row.spans) {
    const single = row.spans.length === 1 && row.spans[0].first === row.spans[0].last;
    const label = (row.residues || row.region).split(';').join(', ');
    if (single) {
      select({ kind: 'residue', protein: row.spans[0].protein, position: row.spans[0].first, source: row });
    } else if (row.spans.length) {
      select({ kind: 'region', label, spans: row.spans, source: row });
    } else {
      select({
        kind: 'none',
        source: row,
        note: `This row is tied to no residue of ${D.proteins.map((p) => p.name).join(' or ')}${row.region_by ? ` (${row.region_by})` : ''}.`,
      });
    }
  } else if (row.sides) {
    const sides = row.sides.filter((s) => s.position);
    const spans = sides.map((s) => ({ protein: s.protein, first: s.position, last: s.position }));
    if (sides.length) {
      select({ kind: 'residue', protein: sides[0].protein, position: sides[0].position, also: spans.slice(1), source: row });
    }
  } else if (row.chain_1) {
    chooseInterface(row);
  } else {
    select({ kind: 'residue', protein: row.protein, position: +row.position });
  }
}

function chooseInterface(row) {
  const own = (tables.contacts ? tables.contacts.rows : []).filter(
    (c) => c.structure === row.structure && c.chain_1 === row.chain_1 && c.chain_2 === row.chain_2,
  );
  const seen = new Map(
    own
      .flatMap((c) => c.sides)
      .filter((s) => s.position)
      .map((s) => [key(s.protein, s.position), { protein: s.protein, first: s.position, last: s.position }]),
  );
  const label = `${row.structure} ${row.chain_1}–${row.chain_2}, ${row.interface} interface`;
  if (seen.size) {
    select({ kind: 'region', label, spans: [...seen.values()], source: row });
  } else {
    select({
      kind: 'none',
      source: row,
      note: `${row.structure} ${row.chain_1}–${row.chain_2}: no contact between receptor and ligand to show.`,
    });
  }
}

function download(grid, head) {
  const lines = [head, ...grid.shown.map((row) => head.map((column) => row[column]))].map((cells) => `${cells.join('\t')}\n`);
  const url = URL.createObjectURL(new Blob(lines, { type: 'text/tab-separated-values' }));
  el('a', { href: url, download: `${grid.name}.tsv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function markTables() {
  for (const grid of Object.values(grids)) {
    if (grid.only.checked) {
      refresh(grid);
    } else {
      paintRows(grid);
    }
  }
}
