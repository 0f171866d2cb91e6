/* 3Dmol.js, BSD 3-Clause License, https://3dmol.org */
if (!window.$3Dmol) {
  var axlExports = window.exports, axlModule = window.module, axlDefine = window.define;
  window.exports = undefined; window.module = undefined; window.define = undefined;
  @SCRIPT@
  window.exports = axlExports; window.module = axlModule; window.define = axlDefine;
}
