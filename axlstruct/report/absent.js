// What the shown structure does not show of the selection, why, and which structure does.
function saySeen() {
  const node = $('absent');
  node.replaceChildren();
  node.hidden = true;
  const spans = spansSelected();
  if (!spans.length) {
    return;
  }
  const wanted = spans.reduce((sum, span) => sum + span.last - span.first + 1, 0);
  const visible = (id) =>
    new Set(
      tables.residues.rows
        .filter(
          (row) =>
            row.structure === id && ATOMS.has(row.coverage) && spans.some((span) => covers(span, row.protein, +row.position)),
        )
        .map((row) => key(row.protein, row.position)),
    ).size;
  const here = visible(shown.structure);
  if (here === wanted) {
    return;
  }
  node.hidden = false;
  const reasons = reasonsIn(shown.structure, spans);
  node.append(
    el(
      'strong',
      {},
      here
        ? `${here} of ${wanted} residues of ${selectionName()} are in ${shown.structure}. `
        : `${selectionName()} is not in ${shown.structure}: `,
    ),
    here ? `The rest: ${reasons}. ` : `${reasons}. `,
  );
  for (const id of Object.keys(D.views)) {
    if (id !== shown.structure && visible(id) > here) {
      node.append(
        el(
          'button',
          { type: 'button', onclick: () => showStructure(id) },
          `Show ${id}${structureNamed(id).predicted ? ` (predicted${confidence(id, spans)})` : ''}`,
        ),
        ' ',
      );
    }
  }
}

function reasonsIn(id, spans) {
  const reasons = new Set();
  for (const span of spans) {
    const rows = tables.residues.rows.filter((row) => row.structure === id && covers(span, row.protein, +row.position));
    if (!rows.length) {
      reasons.add(`no chain of ${span.protein}`);
    }
    for (const row of rows) {
      if (!ATOMS.has(row.coverage)) {
        reasons.add(D.meaning[row.coverage]);
      }
    }
  }
  return [...reasons].join('; ');
}

function confidence(id, spans) {
  const values = tables.residues.rows
    .filter((row) => row.structure === id && row.plddt && spans.some((span) => covers(span, row.protein, +row.position)))
    .map((row) => +row.plddt);
  if (!values.length) {
    return '';
  }
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return `, pLDDT ${mean.toFixed(0)}${mean < 70 ? ': low' : ''}`;
}
