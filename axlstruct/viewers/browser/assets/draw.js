(function () {
  var address = @ADDRESS@, integrity = @INTEGRITY@, patience = @PATIENCE@, data = @DATA@;
@LOOK@
  var axl = axlLook(data);
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
        if (integrity) { tag.integrity = integrity; tag.crossOrigin = 'anonymous'; }
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
