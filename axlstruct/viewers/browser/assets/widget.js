/* The view as a widget: draws what Python sends, tells it which residue was clicked, marks the one it names. */
const MARK = '#FF2D95';

function library(model) {
  if (window.$3Dmol) { return Promise.resolve(); }
  if (!window.axlLoading) {
    window.axlLoading = new Promise(function (done, failed) {
      const tag = document.createElement('script');
      if (model.get('_script')) {
        tag.textContent = model.get('_script');
        document.head.appendChild(tag);
        return window.$3Dmol ? done() : failed();
      }
      if (model.get('_integrity')) { tag.integrity = model.get('_integrity'); tag.crossOrigin = 'anonymous'; }
      tag.src = model.get('_address'); tag.onload = done; tag.onerror = failed;
      document.head.appendChild(tag);
    });
  }
  return window.axlLoading;
}

function draw(model, root) {
  const box = root.querySelector('.axl-canvas'), look = axlLook(model.get('_hover')), camera = model.get('_camera');
  const chains = model.get('_chains');
  const letters = Object.fromEntries(Object.entries(chains).map(([letter, chain]) => [chain, letter]));
  box.querySelector('.axl-wait').remove();
  const viewer = $3Dmol.createViewer(box, {backgroundColor: 'white', antialias: true, disableFog: false});
  model.get('_calls').forEach(([method, values]) => viewer[method](...values));
  look.face(viewer, camera.center, camera.rotation);
  const card = document.createElement('div'), hint = document.createElement('div');
  card.className = 'axl-hover'; hint.className = 'axl-hint';
  hint.textContent = 'drag: turn · scroll: zoom · point at a residue: what it is · click: tell Python';
  look.hover(viewer, card);
  viewer.setClickable({}, true, function (atom) {
    model.set('selected', {
      structure: model.get('_structure'), chain: chains[atom.chain], number: atom.resi, icode: (atom.icode || '').trim()
    });
    model.save_changes();
  });
  let marks = [], label = null;
  function mark() {
    marks.forEach((shape) => viewer.removeShape(shape));
    if (label) { viewer.removeLabel(label); label = null; }
    const chosen = model.get('selected');
    const atoms = chosen
      ? viewer.selectedAtoms({chain: letters[chosen.chain], resi: chosen.number, icode: chosen.icode || ' '}) : [];
    marks = atoms.map((a) => viewer.addSphere({center: {x: a.x, y: a.y, z: a.z}, radius: 0.7, color: MARK, opacity: 0.7}));
    if (atoms.length) {
      const name = model.get('_hover')[atoms[0].chain + atoms[0].resi + (atoms[0].icode || '').trim()] || atoms[0].resn;
      const look = {fontSize: 13, bold: true, inFront: true, backgroundColor: MARK, backgroundOpacity: 0.9, fontColor: 'white'};
      label = viewer.addLabel(name.split('\n')[0], look, {serial: atoms.map((a) => a.serial)});
    }
    root.setAttribute('data-axl-marked', marks.length);
    viewer.render();
  }
  model.on('change:selected', mark);
  mark();
  box.appendChild(hint); box.appendChild(card);
  root.axlViewer = viewer;
  root.setAttribute('data-axl-state', 'drawn');
  return () => { model.off('change:selected', mark); };
}

export default {
  async render({ model, el }) {
    el.innerHTML = model.get('_body');
    const root = el.querySelector('.axl-view'), box = root.querySelector('.axl-canvas');
    try {
      await library(model);
      await new Promise((ready) => requestAnimationFrame(ready));
      return draw(model, root);
    } catch (error) {
      root.setAttribute('data-axl-state', 'failed');
      box.textContent = 'The structure cannot be drawn here: ' + (error ? error.message : '3Dmol.js could not be loaded');
    }
  }
};
