// The 3D view: painted from the table of residues; what is selected is marked in every copy, and never where it is not.
const shown = { structure: '', color: '', close: false };
let viewer = null,
  model = null,
  marks = null,
  records = [],
  atoms = new Map(),
  letterToChain = {},
  drawn = '',
  faced = '';

const COLORS = {
  domain: (row) => {
    const p = proteinNamed(row.protein),
      box = domainAt(p, +row.position);
    return box ? [box.color, `${p.name} ${box.label}`] : ['', 'between domains'];
  },
  exon: (row) => {
    const numbers = row.exons.split(';').filter(Boolean),
      p = proteinNamed(row.protein);
    const exon = p.exons.find((e) => e.number === +numbers[0]);
    if (numbers.length > 1) {
      return [D.colors.ink, 'split codon'];
    }
    return exon ? [exon.color, `${p.name} exon ${exon.number}`] : ['', 'no exon known'];
  },
  interface: (row) => {
    const name = row.interface.split(';')[0];
    return name && name !== 'none' && name !== 'unknown' ? [D.colors.interface[name], `${name} interface`] : ['', 'elsewhere'];
  },
  burial: (row) =>
    row.burial
      ? [D.colors.burial[row.burial][0], `${row.burial}: ${D.colors.burial[row.burial][1]}`]
      : ['', 'loses no area to the partner'],
  ddg: (row) => {
    const place = key(row.protein, row.position),
      one = D.measured.told[place];
    const band = one && D.colors.ddg.find(([bound]) => one.ddg >= bound);
    if (band) {
      return [band[1], `ΔΔG ${band[2]} kcal/mol`];
    }
    return D.measured.elsewhere[place] ? [D.colors.otherAssay, D.measured.others] : ['', 'no single mutant measured'];
  },
  plddt: (row) => {
    const band = D.colors.plddt.find(([bound]) => +row.plddt > bound);
    return row.plddt === '' ? ['', 'none'] : [band[1], `pLDDT ${band[2]}`];
  },
};
const COLOR_NAMES = {
  domain: 'domain',
  exon: 'exon',
  interface: 'interface class',
  burial: 'burial',
  ddg: 'ΔΔG measured',
  plddt: 'pLDDT',
};

// 3Dmol.js draws after each label and each turn of the camera: once, at the end, is enough.
function quietly(work) {
  viewer.show = () => {};
  try {
    work();
  } finally {
    delete viewer.show;
  }
}

const rowOf = (atom) => byPlace.get(`${shown.structure}|${letterToChain[atom.chain]}|${atom.resi}${(atom.icode || '').trim()}`);
const rowsShown = (protein, position) =>
  (at.get(key(protein, position)) || []).filter((row) => row.structure === shown.structure);
const specOf = (row) => ({ chain: D.views[shown.structure].letters[row.chain], resi: [+row.number], icode: row.icode || ' ' });

function tint(color, share) {
  return `#${[1, 3, 5]
    .map((i) =>
      Math.round(255 + (parseInt(color.slice(i, i + 2), 16) - 255) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function colorsFor(structure) {
  const rows = tables.residues.rows.filter((row) => row.structure === structure && ATOMS.has(row.coverage));
  const keys = ['domain', 'exon', 'interface', 'burial', 'ddg', 'plddt'].filter(
    (name) => new Set(rows.map((row) => COLORS[name](row)[1])).size > 1,
  );
  return structureNamed(structure).predicted && keys.includes('plddt')
    ? ['plddt', ...keys.filter((k) => k !== 'plddt')]
    : keys.length
      ? keys
      : ['domain'];
}

function startViewer() {
  const ids = Object.keys(D.views);
  if (!ids.length || !window.$3Dmol) {
    $('viewer').hidden = true;
    $('no-viewer').hidden = false;
    return;
  }
  try {
    viewer = $3Dmol.createViewer($('canvas'), { backgroundColor: 'white', antialias: true, disableFog: false });
  } catch (error) {
    $('no-viewer').textContent = `The structure cannot be drawn here: ${error.message}. WebGL may be switched off.`;
    $('no-viewer').hidden = false;
    return;
  }
  $('structure').append(
    ...D.structures.map((s) =>
      el(
        'option',
        { value: s.id, disabled: !D.views[s.id] },
        !D.views[s.id] ? `${s.id}: not at hand` : hasText(s.id) ? `${s.id}${s.predicted ? ' model' : ''}` : `${s.id}: no file`,
      ),
    ),
  );
  $('structure').addEventListener('change', () => showStructure($('structure').value));
  $('color').addEventListener('change', () => {
    shown.color = $('color').value;
    if (drawn) {
      paint();
    }
    markViewer();
  });
  $('close-up').addEventListener('click', () => closeUp(!shown.close));
  $('whole').addEventListener('click', () => closeUp(false));
  readFiles();
  new ResizeObserver(() => {
    if (drawn) {
      const untouched = String(viewer.getView()) === faced;
      quietly(() => {
        viewer.resize();
        if (untouched) {
          face();
        }
      });
      viewer.render();
    }
  }).observe($('canvas'));
  const reference = D.structures.find((s) => s.reference && D.views[s.id]);
  return showStructure((reference && (hasText(reference.id) || !ids.some(hasText)) ? reference.id : ids.find(hasText)) || ids[0]);
}

async function showStructure(id) {
  const view = D.views[id];
  const text = opened.has(id) ? opened.get(id).text : view.model ? await unpack(view.model) : '';
  shown.structure = id;
  letterToChain = Object.fromEntries(Object.entries(view.letters).map(([chain, letter]) => [letter, chain]));
  $('structure').value = id;
  const keys = colorsFor(id);
  $('color').replaceChildren(...keys.map((name) => el('option', { value: name }, `by ${COLOR_NAMES[name]}`)));
  shown.color = keys[0];
  quietly(() => {
    viewer.removeAllModels();
    viewer.removeAllShapes();
    viewer.removeAllLabels();
  });
  $('numbering').textContent = `${structureNamed(id).predicted ? 'Predicted, not observed. ' : ''}${view.numbering}.`;
  offerFile(text ? '' : id);
  if (!text) {
    nothingDrawn(id);
    return;
  }
  model = viewer.addModel(text, 'pdb', { noComputeSecondaryStructure: true });
  marks = null;
  records = text.split('\n').filter((record) => /^(ATOM|HETATM)/.test(record));
  atoms = new Map(model.selectedAtoms({}).map((a) => [`${a.chain}|${a.resi}${(a.icode || '').trim()}|${a.atom}`, a]));
  model.setClickable({}, true, (atom) => {
    const row = rowOf(atom);
    if (row) {
      select({ kind: 'residue', protein: row.protein, position: +row.position });
    } else {
      say(
        `${atom.resn} ${atom.resi}, chain ${letterToChain[atom.chain]}: no residue of ${D.proteins.map((p) => p.name).join(' or ')}`,
      );
    }
  });
  viewer.setHoverDuration(80);
  model.setHoverable(
    {},
    true,
    (atom) => {
      $('hover').textContent = hoverText(atom);
    },
    () => {
      $('hover').textContent = '';
    },
  );
  quietly(() => {
    paint();
    viewer.resize();
    face();
  });
  drawn = id;
  markViewer();
  $('letters').dataset.protein = '';
  markLetters();
  $('canvas').dataset.state = `drawn ${id}`;
}

function hoverText(atom) {
  const row = rowOf(atom),
    place = `${atom.resn} ${atom.resi}${(atom.icode || '').trim()} chain ${letterToChain[atom.chain]}`;
  if (!row) {
    return place;
  }
  const box = domainAt(proteinNamed(row.protein), +row.position);
  return [
    `${row.protein} ${row.residue}${row.position} = ${place}`,
    box ? box.label : '',
    row.exons ? `exon ${row.exons.replace(';', ' and ')}` : '',
    row.plddt ? `pLDDT ${number(row.plddt, 0)}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

// Cartoon in the colour asked for; while a region is selected, all else steps back.
function paint() {
  const view = D.views[shown.structure],
    legend = new Map();
  const spans = selection.kind === 'region' ? spansSelected() : [];
  const colorOf = new Map();
  for (const row of tables.residues.rows) {
    if (row.structure !== shown.structure || !row.number) {
      continue;
    }
    const [color, label] = COLORS[shown.color](row);
    const tone = color || D.colors.neutral;
    const inside = !spans.length || spans.some((span) => covers(span, row.protein, +row.position));
    colorOf.set(`${row.chain}|${row.number}${row.icode}`, inside ? tone : tint(tone, 0.22));
    if (ATOMS.has(row.coverage)) {
      legend.set(label, tone);
    }
  }
  const colorfunc = (atom) => colorOf.get(`${letterToChain[atom.chain]}|${atom.resi}${(atom.icode || '').trim()}`) || '#dddddd';
  model.setStyle({}, {});
  for (const spec of view.cartoon) {
    model.setStyle(spec, { cartoon: { colorfunc, arrows: true } });
  }
  for (const layer of view.layers) {
    const style = { [layer.kind]: { color: layer.color, ...(layer.radius ? { radius: layer.radius } : {}) } };
    if (spans.length && layer.kind === 'stick') {
      style.stick.opacity = 0.35;
    }
    for (const spec of layer.specs) {
      model.setStyle(spec, style, true);
    }
  }
  const rest = [...legend].filter(([, tone]) => tone === D.colors.neutral);
  const keys = [...[...legend].filter(([, tone]) => tone !== D.colors.neutral), ...rest];
  const sticks = view.layers
    .filter((layer) => D.colors.interface[layer.name])
    .map((layer) => [`${layer.name} interface, side chains`, layer.color]);
  const spheres = view.layers
    .filter((layer) => layer.name === 'sites')
    .map((layer) => ['curated sites, side chains', layer.color, 'ball']);
  $('legend').replaceChildren(
    ...(shown.color === 'ddg' ? [el('li', {}, `one assay: ${D.measured.assay}`)] : []),
    ...[...keys, ...(shown.color === 'interface' ? [] : sticks), ...spheres].map(([label, color, ball]) => {
      const swatch = el(
        'svg:svg',
        { width: 12, height: 10, 'aria-hidden': 'true' },
        ball
          ? el('svg:circle', { cx: 6, cy: 5, r: 4.5, fill: color })
          : rect(0.5, 0.5, 11, 9, { rx: 2, fill: color, class: 'box' }),
      );
      return el('li', {}, swatch, label);
    }),
  );
}

function face() {
  const { center: c, rotation: q } = D.views[shown.structure];
  viewer.setCameraParameters({ fov: 20, z: 150 });
  viewer.zoomTo();
  const box = viewer.getCanvas(),
    wide = box.clientWidth / Math.max(1, box.clientHeight),
    tan = Math.tan(Math.PI / 18);
  let far = 20;
  for (const a of atoms.values()) {
    const x = a.x - c[0],
      y = a.y - c[1],
      z = a.z - c[2];
    const tx = 2 * (q[1] * z - q[2] * y),
      ty = 2 * (q[2] * x - q[0] * z),
      tz = 2 * (q[0] * y - q[1] * x);
    const px = x + q[3] * tx + q[1] * tz - q[2] * ty,
      py = y + q[3] * ty + q[2] * tx - q[0] * tz;
    const pz = z + q[3] * tz + q[0] * ty - q[1] * tx;
    far = Math.max(far, (Math.abs(px) + 3) / tan / wide + pz, (Math.abs(py) + 3) / tan + pz);
  }
  viewer.setView([-c[0], -c[1], -c[2], 150 - far, q[0], q[1], q[2], q[3]]);
  faced = String(viewer.getView());
}

const middle = (list) => {
  const sum = list.reduce((s, a) => ({ x: s.x + a.x, y: s.y + a.y, z: s.z + a.z }), { x: 0, y: 0, z: 0 });
  return { x: sum.x / list.length, y: sum.y / list.length, z: sum.z / list.length };
};

const LABEL = {
  fontSize: 12,
  fontColor: 'black',
  backgroundColor: 'white',
  backgroundOpacity: 0.82,
  inFront: true,
  borderThickness: 1.2,
  padding: 2,
};

function markViewer() {
  if (!drawn) {
    if (viewer) {
      saySeen();
    }
    return;
  }
  quietly(markAll);
  viewer.render();
  saySeen();
}

function markAll() {
  const view = D.views[shown.structure];
  viewer.removeAllShapes();
  viewer.removeAllLabels();
  if (marks) {
    viewer.removeModel(marks);
    marks = null;
  }
  for (const dash of view.dashes) {
    const [start, end] = dash.ends.map(([chain, num, icode, name]) => atoms.get(`${chain}|${num}${icode}|${name}`));
    if (start && end) {
      viewer.addCylinder({
        start: { x: start.x, y: start.y, z: start.z },
        end: { x: end.x, y: end.y, z: end.z },
        color: dash.color,
        radius: 0.1,
        dashed: true,
        dashLength: 0.35,
        gapLength: 0.25,
        fromCap: 1,
        toCap: 1,
      });
    }
  }
  const rows =
    selection.kind !== 'residue'
      ? []
      : spansSelected()
          .flatMap((span) => rowsShown(span.protein, span.first))
          .filter((row) => row.number && ATOMS.has(row.coverage) && (!opened.has(shown.structure) || model.selectedAtoms(specOf(row)).length));
  if (!rows.length) {
    for (const label of view.labels) {
      const found = label.spec.flatMap((spec) => model.selectedAtoms(spec));
      if (found.length) {
        viewer.addLabel(label.text, { ...LABEL, borderColor: label.color, alignment: 'center', screenOffset: { x: 0, y: label.up }, position: middle(found) });
      }
    }
  }
  if (rows.length) {
    // a model of their own, so that the large one need not be built anew
    const wanted = new Set(rows.map((row) => `${view.letters[row.chain]}${row.number.padStart(4)}${row.icode || ' '}`));
    marks = viewer.addModel(records.filter((record) => wanted.has(record.slice(21, 27))).join('\n'), 'pdb');
    marks.setStyle(
      {},
      {
        stick: {
          radius: 0.32,
          colorscheme: { prop: 'elem', map: { C: D.colors.ink, N: '#2F62AE', O: '#D3561D', S: '#8C7A00' } },
        },
      },
    );
  }
  rows.forEach((row) => {
    const place = middle(model.selectedAtoms(specOf(row)));
    viewer.addSphere({ center: place, radius: shown.close ? 4 : 5, color: D.colors.ink, opacity: shown.close ? 0.12 : 0.3 });
    viewer.addLabel(`${row.residue}${row.position} · ${row.chain}/${row.number}${row.icode}`, {
      ...LABEL,
      bold: true,
      fontColor: 'white',
      backgroundColor: D.colors.ink,
      backgroundOpacity: 0.92,
      borderColor: D.colors.ink,
      ...(selection.also && row.protein !== selection.protein
        ? { alignment: 'topCenter', screenOffset: { x: 0, y: -12 } }
        : { alignment: 'bottomCenter', screenOffset: { x: 0, y: 12 } }),
      position: place,
    });
  });
  $('close-up').disabled = !rows.length;
  if (shown.close && rows.length) {
    zoomOn(rows.find(isMeant) || rows[0]);
  } else if (shown.close) {
    shown.close = false;
    $('close-up').setAttribute('aria-pressed', 'false');
    face();
  }
  $('canvas').dataset.marked = rows.map((row) => `${row.chain}/${row.number}${row.icode}`).join(' ');
}

function closeUp(wanted) {
  shown.close = wanted;
  $('close-up').setAttribute('aria-pressed', String(wanted));
  if (!wanted) {
    quietly(face);
  }
  markViewer();
}

function zoomOn(row) {
  const place = middle(model.selectedAtoms(specOf(row)));
  const near = [...atoms.values()]
    .filter((a) => Math.hypot(a.x - place.x, a.y - place.y, a.z - place.z) < 11)
    .map((a) => a.serial);
  viewer.zoomTo({ model, serial: near });
  viewer.setSlab(-7, 30);
}

// Of several copies, the one of the row that was clicked.
const isMeant = (row) =>
  selection.source &&
  selection.source.sides &&
  selection.source.structure === row.structure &&
  selection.source.sides.some((s) => s.chain === row.chain && s.position === +row.position);
