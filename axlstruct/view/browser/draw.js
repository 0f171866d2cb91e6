(function () {
  var address = @ADDRESS@, patience = @PATIENCE@, data = @DATA@;
  var axl = {
    face: function (viewer, c, q) {
      viewer.setCameraParameters({fov: 20, z: 150});
      viewer.zoomTo();
      var box = viewer.getCanvas(), wide = box.clientWidth / Math.max(1, box.clientHeight);
      var tan = Math.tan(Math.PI / 18), far = 20;
      viewer.selectedAtoms({}).forEach(function (a) {
        var x = a.x - c[0], y = a.y - c[1], z = a.z - c[2];
        var tx = 2 * (q[1] * z - q[2] * y), ty = 2 * (q[2] * x - q[0] * z), tz = 2 * (q[0] * y - q[1] * x);
        var px = x + q[3] * tx + q[1] * tz - q[2] * ty, py = y + q[3] * ty + q[2] * tx - q[0] * tz;
        var pz = z + q[3] * tz + q[0] * ty - q[1] * tx;
        far = Math.max(far, (Math.abs(px) + 3) / tan / wide + pz, (Math.abs(py) + 3) / tan + pz);
      });
      viewer.setView([-c[0], -c[1], -c[2], 150 - far, q[0], q[1], q[2], q[3]]);
    },
    hover: function (viewer, card) {
      viewer.setHoverDuration(60);
      viewer.setHoverable({}, true, function (atom) {
        var key = atom.chain + atom.resi + (atom.icode || '').trim();
        card.textContent = data[key] || (atom.resn + ' ' + atom.resi + ' · chain ' + atom.chain);
      }, function () { card.textContent = ''; });
    }
  };
  function draw(root) {
    root.setAttribute('data-axl-state', 'drawing');
    var box = root.querySelector('.axl-canvas');
    try {
      box.querySelector('.axl-wait').remove();
      var viewer_UNIQUEID = $3Dmol.createViewer(box, {backgroundColor: 'white', antialias: true, disableFog: false});
      window['viewer_UNIQUEID'] = viewer_UNIQUEID;
@COMMANDS@
      var card = document.createElement('div'), hint = document.createElement('div');
      card.className = 'axl-hover'; hint.className = 'axl-hint';
      hint.textContent = 'drag: turn · scroll: zoom · point at a residue: what it is';
      axl.hover(viewer_UNIQUEID, card);
      viewer_UNIQUEID.render();
      box.appendChild(hint); box.appendChild(card);
      root.setAttribute('data-axl-atoms', viewer_UNIQUEID.selectedAtoms({}).length);
      root.axlViewer = viewer_UNIQUEID;
      root.setAttribute('data-axl-state', 'drawn');
    } catch (error) {
      say(root, 'The structure cannot be drawn here: ' + error.message + '. WebGL may be switched off.');
    }
  }
  function say(root, text) {
    root.setAttribute('data-axl-state', 'failed');
    var line = document.createElement('p');
    line.className = 'axl-wait'; line.textContent = text;
    root.querySelector('.axl-canvas').appendChild(line);
  }
  function waiting() { return document.querySelectorAll('[data-axl-id="UNIQUEID"][data-axl-state="waiting"]'); }
  function start() {
    if (window.$3Dmol) { waiting().forEach(draw); return; }
    if (patience > 0) { patience -= 1; setTimeout(start, 100); return; }
    if (!window.axlLoading) {
      window.axlLoading = new Promise(function (done, failed) {
        var tag = document.createElement('script');
        tag.src = address; tag.onload = done; tag.onerror = failed;
        document.head.appendChild(tag);
      });
    }
    window.axlLoading.then(function () { waiting().forEach(draw); }, function () {
      waiting().forEach(function (root) {
        say(root, '3Dmol.js is not in this document and could not be loaded from ' + address +
          '. Run the first cell with a view again, or connect to the network.');
      });
    });
  }
  start();
})();
