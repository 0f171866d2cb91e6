// What is selected, and everything that follows it.
let selection = { kind: 'none' };

const spansSelected = () =>
  selection.kind === 'residue'
    ? [{ protein: selection.protein, first: selection.position, last: selection.position }, ...(selection.also || [])]
    : selection.kind === 'region'
      ? selection.spans
      : [];
const selectionName = () =>
  selection.kind === 'residue'
    ? `${selection.protein} ${nameOf(proteinNamed(selection.protein), selection.position)}`
    : selection.label || '';

function select(next) {
  const repaint = next.kind === 'region' || selection.kind === 'region';
  selection = next;
  document.body.dataset.selected =
    next.kind === 'residue'
      ? key(next.protein, next.position)
      : next.kind === 'region'
        ? spansSelected()
            .map((s) => `${s.protein}:${s.first}-${s.last}`)
            .join(';')
        : '';
  $('find-problem').textContent = '';
  showCard();
  markTracks();
  markTables();
  if (drawn && repaint) {
    paint();
  }
  markViewer();
  say(next.kind === 'none' ? next.note || '' : `Selected: ${selectionName()}`);
  const hash = next.kind === 'residue' ? `#${next.protein}:${nameOf(proteinNamed(next.protein), next.position)}` : '#';
  try {
    window.history.replaceState(null, '', hash);
  } catch {
    /* a browser that keeps files from doing so loses nothing else */
  }
}

function say(text) {
  $('live').textContent = text;
}

function ask(text) {
  try {
    select(find(text));
    $('find').removeAttribute('aria-invalid');
  } catch (error) {
    $('find-problem').textContent = error.message;
    $('find').setAttribute('aria-invalid', 'true');
  }
}

function tabList(list, open) {
  const tabs = [...list.querySelectorAll('[role=tab]')];
  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) {
      open(tab.dataset.name);
    }
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.length, End: tabs.length }[event.key];
    if (!step) {
      return;
    }
    const now = tabs.indexOf(document.activeElement),
      next = tabs[Math.max(0, Math.min(tabs.length - 1, now + step))];
    event.preventDefault();
    open(next.dataset.name);
    next.focus();
  });
}

function show(list, name) {
  for (const tab of list.querySelectorAll('[role=tab]')) {
    const on = tab.dataset.name === name;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
    $(`panel-${tab.dataset.name}`).hidden = !on;
  }
}

function openTab(name) {
  show($('tabs'), name);
  if (name === 'evidence') {
    openEvidence($('evidence-tabs').querySelector('[aria-selected=true]').dataset.name);
  } else if (tables[name]) {
    if (grids[name]) {
      paintRows(grids[name]);
    } else {
      makeGrid(name);
    }
  }
}

function openEvidence(name) {
  show($('evidence-tabs'), name);
  if (grids[name]) {
    paintRows(grids[name]);
  } else {
    makeGrid(name);
  }
}

function moveLetter(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) {
    return;
  }
  event.preventDefault();
  const protein = proteinNamed($('letters-of').value);
  const now = selection.kind === 'residue' && selection.protein === protein.name ? selection.position : 0;
  select({ kind: 'residue', protein: protein.name, position: Math.max(1, Math.min(protein.sequence.length, now + step)) });
}

async function start() {
  indexResidues(await unpack($('residues').textContent));
  $('letters-of').append(...D.proteins.map((p) => el('option', { value: p.name }, p.name)));
  $('letters-of').addEventListener('change', () => drawLetters($('letters-of').value));
  $('letters').addEventListener('keydown', moveLetter);
  $('letters').addEventListener('click', (event) => {
    const node = event.target.closest('[data-n]');
    if (node) {
      select({ kind: 'residue', protein: $('letters-of').value, position: +node.dataset.n });
    }
  });
  $('find-form').addEventListener('submit', (event) => {
    event.preventDefault();
    ask($('find').value);
  });
  $('clear').addEventListener('click', () => select({ kind: 'none' }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      select({ kind: 'none' });
    }
  });
  tabList($('tabs'), openTab);
  if ($('evidence-tabs')) {
    tabList($('evidence-tabs'), openEvidence);
  }
  shown.structure = (D.structures.find((s) => s.reference) || D.structures[0] || { id: '' }).id;
  let wide = $('tracks').clientWidth;
  drawTracks();
  drawOverview();
  drawProvenance();
  showCard();
  await startViewer();
  new ResizeObserver(() => {
    if ($('tracks').clientWidth !== wide) {
      wide = $('tracks').clientWidth;
      drawTracks();
    }
  }).observe($('tracks'));
  const asked = decodeURIComponent(window.location.hash.slice(1));
  if (asked) {
    ask(asked);
  }
  document.body.dataset.state = 'ready';
}

start().catch((error) => {
  document.body.dataset.state = 'failed';
  $('live').textContent = `This page cannot be shown here: ${error.message}. A browser of 2023 or later is needed.`;
  $('live').className = 'failed';
  throw error;
});
window.axlReport = { find, selected: () => document.body.dataset.selected, viewer: () => viewer };
