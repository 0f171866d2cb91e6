/* How a viewer looks at the structure first, and what it says of the residue under the pointer. */
function axlLook(data) {
  return {
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
}
