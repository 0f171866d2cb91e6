// A coordinate file that the reader opens: read here, held against the tables, shown, and sent nowhere.
const opened = new Map(); // structure -> what was opened of it: text for 3Dmol.js
const WATER = new Set(['HOH', 'DOD', 'WAT', 'H2O']);
const hasText = (id) => Boolean(D.views[id] && (D.views[id].model || opened.has(id)));

async function bytesOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return bytes;
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Cells of mmCIF text: quoted ones may hold blanks, a quote ends a cell only before a blank.
const cellsOf = (line) => (line.match(/'(?:[^']|'(?=\S))*'(?=\s|$)|"(?:[^"]|"(?=\S))*"(?=\s|$)|\S+/g) || []).map((cell) => (/^(['"]).*\1$/.test(cell) && cell.length > 1 ? cell.slice(1, -1) : cell));
const plain = (cell) => (cell === '.' || cell === '?' || cell === undefined ? '' : cell);

function fromCif(lines) {
  const first = lines.findIndex((line) => /^_atom_site\./i.test(line));
  if (first < 0) {
    return [];
  }
  const names = [];
  let at = first;
  for (; at < lines.length && /^_atom_site\./i.test(lines[at]); at++) {
    names.push(lines[at].trim().slice('_atom_site.'.length).toLowerCase());
  }
  const column = Object.fromEntries(names.map((name, i) => [name, i]));
  const found = [];
  let cells = [],
    one = '';
  for (; at < lines.length && !/^(#|loop_|_|data_)/i.test(lines[at]); at++) {
    cells.push(...cellsOf(lines[at]));
    if (cells.length < names.length) {
      continue;
    }
    const row = cells,
      get = (...keys) => plain(row[keys.map((name) => column[name]).find((i) => i !== undefined)]);
    cells = [];
    one = one || get('pdbx_pdb_model_num');
    if (get('pdbx_pdb_model_num') !== one) {
      break;
    }
    found.push({
      record: get('group_pdb') || 'ATOM', name: get('auth_atom_id', 'label_atom_id'), alt: get('label_alt_id'),
      comp: get('auth_comp_id', 'label_comp_id'), chain: get('auth_asym_id', 'label_asym_id'),
      number: get('auth_seq_id', 'label_seq_id'), icode: get('pdbx_pdb_ins_code'), element: get('type_symbol'),
      x: +get('cartn_x'), y: +get('cartn_y'), z: +get('cartn_z'), occ: +(get('occupancy') || 1), b: +(get('b_iso_or_equiv') || 0),
    });
  }
  return found;
}

function fromPdb(lines) {
  const found = [];
  for (const line of lines) {
    if (line.startsWith('ENDMDL')) {
      break;
    }
    if (/^(ATOM  |HETATM)/.test(line)) {
      const cut = (from, to) => line.slice(from, to).trim(),
        name = cut(12, 16);
      found.push({
        record: cut(0, 6), name, alt: cut(16, 17), comp: cut(17, 20), chain: cut(21, 22), number: cut(22, 26), icode: cut(26, 27),
        element: cut(76, 78) || name.replace(/^\d+/, '')[0], x: +cut(30, 38), y: +cut(38, 46), z: +cut(46, 54), occ: +(cut(54, 60) || 1), b: +(cut(60, 66) || 0),
      });
    }
  }
  return found;
}

// The entry that a file says it is, as the page names it; empty where it says nothing.
function entryOf(lines) {
  const said = lines.flatMap((line) => {
    const cif = /^(?:_entry\.id\s+|data_)['"]?([\w-]+)/i.exec(line);
    const pdb = line.startsWith('HEADER') ? line.slice(62, 66).trim() : '';
    const model = /^DBREF .*\sUNP\s+(\w+)/.exec(line);
    const alpha = /^TITLE .*ALPHAFOLD.*\((\w+)\)/i.exec(line);
    return [cif && cif[1], pdb, alpha && `AF-${alpha[1]}`, model && lines.some((l) => /ALPHAFOLD/i.test(l)) && `AF-${model[1]}`];
  });
  const names = said.filter(Boolean).map((id) => id.toUpperCase().replace(/^PDB_0000(?=\w{4}$)/, '').replace(/-F\d+(-.*)?$/, ''));
  return names.find((id) => structureNamed(id)) || names[0] || '';
}

// Residues of the file against those of the tables, chain by chain and number by number.
function compared(id, list) {
  const there = new Map(list.map((atom) => [`${atom.chain}|${atom.number}${atom.icode}|${atom.comp}`, atom]));
  const names = new Map(list.filter((a) => a.record === 'ATOM').map((a) => [`${a.chain}|${a.number}${a.icode}`, a.comp]));
  const rows = tables.residues.rows.filter((row) => row.structure === id && row.number);
  let same = 0;
  const other = [];
  for (const row of rows) {
    const place = `${row.chain}|${row.number}${row.icode}`;
    if (there.has(`${place}|${row.observed_residue}`)) {
      same += 1;
    } else if (names.has(place)) {
      other.push(`${row.chain}/${row.number}${row.icode} is ${names.get(place)}, not ${row.observed_residue}`);
    }
  }
  return { same, other, of: rows.length };
}

// PDB records as 3Dmol.js reads them: heavy atoms without water, of alternative conformers that of highest occupancy.
function recordsOf(view, list) {
  const best = new Map();
  for (const atom of list) {
    const place = `${atom.chain}|${atom.number}${atom.icode}|${atom.comp}|${atom.name}`;
    const known = view.letters[atom.chain] && !WATER.has(atom.comp) && !/^[HD]$/i.test(atom.element);
    if (known && +atom.number > -1000 && +atom.number < 10000 && (!best.has(place) || best.get(place).occ < atom.occ)) {
      best.set(place, atom);
    }
  }
  const left = (text, wide) => String(text).slice(0, wide).padEnd(wide),
    right = (text, wide) => String(text).slice(0, wide).padStart(wide);
  return [...best.values()].map((a, i) => {
    const name = a.name.length > 3 || a.element.length > 1 ? left(a.name, 4) : left(` ${a.name}`, 4);
    const numbers = [a.x, a.y, a.z].map((value) => value.toFixed(3).padStart(8)).join('');
    return `${left(a.record, 6)}${right((i + 1) % 100000, 5)} ${name} ${right(a.comp, 3)} ${view.letters[a.chain]}${right(a.number, 4)}${a.icode || ' '}   ${numbers}${a.occ.toFixed(2).padStart(6)}${Math.min(a.b, 999).toFixed(2).padStart(6)}          ${right(a.element.toUpperCase(), 2)}`;
  });
}

// Reads a file and shows it; throws an error whose message is for the reader.
async function openFile(file) {
  const bytes = await bytesOf(file),
    lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const cif = lines.some((line) => /^_atom_site\./i.test(line));
  const list = (cif ? fromCif(lines) : fromPdb(lines)).filter((a) => [a.x, a.y, a.z].every(Number.isFinite));
  if (!list.length) {
    throw new Error(`${file.name} holds no atoms: an mmCIF or PDB file is expected.`);
  }
  const wanted = Object.keys(D.views).filter((id) => !D.views[id].model);
  const id = entryOf(lines);
  if (!wanted.includes(id)) {
    throw new Error(`${file.name} ${id ? `is ${id}` : 'does not say which entry it is'}; this page can show ${wanted.join(', ')}.`);
  }
  const { same, other, of } = compared(id, list);
  if (other.length || !same) {
    const what = other.length ? `${plural(other.length, 'residue')} differ: ${other[0]}` : 'no residue is in both';
    throw new Error(`${file.name} says it is ${id}, but it is not what the tables were computed from (${what}). It is not shown.`);
  }
  opened.set(id, { text: [...D.views[id].elements, ...recordsOf(D.views[id], list), ''].join('\n') });
  const option = [...$('structure').options].find((o) => o.value === id);
  option.textContent = `${id}${structureNamed(id).predicted ? ' model' : ''}`;
  await showStructure(id);
  say(`${id} is shown from ${file.name}: ${same} of ${of} residues of the tables are in it, and all of these agree.`);
  $('numbering').textContent += ` Coordinates from your ${file.name}${same < of ? `, which holds ${same} of ${of} residues` : ''}.`;
}

// The offer to open a file stands where the picture would be.
function offerFile(id) {
  $('open').hidden = !id;
  $('open-problem').textContent = '';
  if (id) {
    const stem = id.startsWith('AF-') ? `${id}-F1` : id.toLowerCase();
    $('open-why').textContent = `The coordinates of ${id} are not in this page; its tables and tracks are from the released analysis. With a file of it (${stem}.cif or ${stem}.pdb) it is shown here too.`;
  }
}

function nothingDrawn(id) {
  drawn = '';
  model = null;
  $('legend').replaceChildren();
  $('close-up').disabled = true;
  $('canvas').dataset.state = `open ${id}`;
  viewer.render();
  saySeen();
}

function readFiles() {
  const take = async (files) => {
    $('open-problem').textContent = '';
    for (const file of files) {
      try {
        await openFile(file);
      } catch (error) {
        offerFile(shown.structure && !hasText(shown.structure) ? shown.structure : '');
        $('open-problem').textContent = error.message;
        say(error.message);
      }
    }
  };
  $('open-file').addEventListener('change', () => {
    const files = [...$('open-file').files];
    $('open-file').value = '';
    take(files);
  });
  // a file dropped beside the place for it must not lead away from the page
  for (const kind of ['dragover', 'drop']) {
    window.addEventListener(kind, (event) => event.preventDefault());
  }
  const mark = (on) => $('open').classList.toggle('over', on);
  $('stage').addEventListener('dragover', () => mark(true));
  $('stage').addEventListener('dragleave', () => mark(false));
  $('stage').addEventListener('drop', (event) => {
    mark(false);
    take([...event.dataTransfer.files]);
  });
}
