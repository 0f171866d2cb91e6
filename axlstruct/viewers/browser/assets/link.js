(function () {
  function times(a, b) {
    return [a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1], a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
      a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3], a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2]];
  }
  function back(q) { return [-q[0], -q[1], -q[2], q[3]]; }
  function follow(from, now, to) {
    var q0 = from.slice(4), own = to.slice(4), apart = times(back(own), q0);
    var step = times(times(apart, [now[0] - from[0], now[1] - from[1], now[2] - from[2], 0]), back(apart));
    var turned = times(times(now.slice(4), back(q0)), own);
    return [to[0] + step[0], to[1] + step[1], to[2] + step[2], to[3] + now[3] - from[3]].concat(turned);
  }
  function link(box, patience) {
    var views = [].map.call(box.querySelectorAll('.axl-view'), function (root) { return root.axlViewer; });
    if (!views.every(Boolean)) {
      if (patience > 0) { setTimeout(function () { link(box, patience - 1); }, 200); }
      return;
    }
    var starts = views.map(function (viewer) { return viewer.getView(); }), busy = false;
    views.forEach(function (viewer, i) {
      viewer.setViewChangeCallback(function (now) {
        if (busy) { return; }
        busy = true;
        views.forEach(function (other, j) { if (j !== i) { other.setView(follow(starts[i], now, starts[j])); } });
        busy = false;
      });
    });
    box.setAttribute('data-axl-linked', 'yes');
  }
  document.querySelectorAll('[data-axl-linked="wanted"]').forEach(function (box) {
    box.setAttribute('data-axl-linked', 'waiting');
    link(box, 300);
  });
})();
