// The letters of one protein in a strip that scrolls; what the shown structure does not show is grey.
function drawLetters(name) {
  const protein = proteinNamed(name),
    strip = $('letters');
  if (strip.dataset.protein === `${name} ${shown.structure}`) {
    return;
  }
  strip.dataset.protein = `${name} ${shown.structure}`;
  strip.setAttribute('aria-label', `Sequence of ${name}; left and right arrow move to the next residue`);
  $('letters-of').value = name;
  const seen = new Set();
  for (const row of tables.residues.rows) {
    if (row.structure === shown.structure && row.protein === name && ATOMS.has(row.coverage)) {
      seen.add(+row.position);
    }
  }
  strip.replaceChildren(
    ...[...protein.sequence].map((letter, i) => {
      const box = boxAt(protein, i + 1);
      const node = el(
        'span',
        {
          class: `${seen.has(i + 1) ? 'seen' : ''} ${siteAt(protein, i + 1) ? 'is-site' : ''}`,
          'data-n': i + 1,
          title: nameOf(protein, i + 1),
        },
        letter,
      );
      if ((i + 1) % 10 === 0) {
        node.classList.add('ten');
        node.append(el('i', {}, i + 1));
      }
      node.style.borderTopColor = box ? box.color : 'transparent';
      return node;
    }),
  );
}

function markLetters() {
  const spans = spansSelected();
  const name = spans.length ? spans[0].protein : $('letters-of').value || receptor.name;
  drawLetters(name);
  const strip = $('letters');
  for (const node of strip.querySelectorAll('.on')) {
    node.classList.remove('on', 'one');
  }
  for (const span of spans.filter((s) => s.protein === name)) {
    for (let n = span.first; n <= span.last; n += 1) {
      strip.children[n - 1].classList.add('on', ...(span.first === span.last ? ['one'] : []));
    }
  }
  if (spans.length) {
    const first = strip.children[spans[0].first - 1],
      last = strip.children[spans[0].last - 1];
    const wide = last.offsetLeft + last.offsetWidth - first.offsetLeft;
    strip.scrollLeft = wide > strip.clientWidth ? first.offsetLeft - 30 : first.offsetLeft - strip.clientWidth / 2 + wide / 2;
  }
}
