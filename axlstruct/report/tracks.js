// Sequence tracks: what is known along each protein, what structures show of it, what is published of it, and the letters.
const GUTTER = 104,
  RIGHT = 18,
  BAR = 6;
const tracks = {};

function drawTracks() {
  const host = $('tracks');
  const width = Math.max(host.clientWidth, 320);
  host.replaceChildren(...D.proteins.map((protein) => drawProtein(protein, width)));
  markTracks();
}

function drawProtein(protein, width) {
  const length = protein.sequence.length,
    scale = ((width - GUTTER - RIGHT) * protein.share) / length;
  const x = (residue) => GUTTER + residue * scale; // left edge of residue n is x(n - 1)
  const svg = el('svg:svg', { width, role: 'group', 'aria-label': `${protein.name}, ${length} residues` });
  const track = (tracks[protein.name] = { protein, x, scale, svg, lit: el('svg:g'), cursor: el('svg:g', { class: 'cursor' }) });
  svg.append(track.lit);
  let y = drawHeads(track, 2);
  y = drawBoxes(track, y);
  y = drawExons(track, y);
  y = drawCoverage(track, y + 3);
  y = drawInterfaces(track, y + 1);
  y = drawPublished(track, y + 2);
  y = drawAxis(track, y + 2);
  svg.setAttribute('height', y);
  svg.append(track.cursor);
  track.height = y;
  svg.addEventListener('click', (event) => clickTrack(track, event));
  svg.addEventListener('mousemove', (event) => hint(event, track));
  svg.addEventListener('mouseleave', () => {
    $('hint').hidden = true;
  });
  return svg;
}

const rect = (x, y, width, height, more) => el('svg:rect', { x, y, width: Math.max(width, 0.6), height, ...more });
const words = (x, y, text, { fill, ...more } = {}) => {
  const node = el('svg:text', { x, y, ...more });
  node.textContent = text;
  if (fill) {
    node.style.fill = fill;
  }
  return node;
};
const line = (d, more) => el('svg:path', { d, fill: 'none', ...more });

function button(label, chosen, ...children) {
  const act = (event) => {
    event.stopPropagation();
    event.preventDefault();
    select(chosen);
  };
  const title = el('svg:title');
  title.textContent = label;
  return el(
    'svg:g',
    {
      class: 'pick',
      tabindex: 0,
      role: 'button',
      'aria-label': label,
      onclick: act,
      onkeydown: (event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          act(event);
        }
      },
    },
    title,
    ...children,
  );
}

// Labels moved sideways, each as little as its neighbours allow; those that touch move as a block.
function spread(centres, size, low, high) {
  const blocks = [];
  const step = Math.min(size, (high - low) / Math.max(centres.length, 1));
  centres.forEach((centre, i) => {
    blocks.push([centre - i * step, 1]);
    while (blocks.length > 1 && blocks[blocks.length - 2][0] > blocks[blocks.length - 1][0]) {
      const [b, n] = blocks.pop(),
        [a, m] = blocks.pop();
      blocks.push([(a * m + b * n) / (m + n), m + n]);
    }
  });
  const shifts = blocks.flatMap(([mean, n]) => Array(n).fill(mean));
  const most = high - step / 2 - (centres.length - 1) * step;
  return shifts.map((shift, i) => Math.min(Math.max(shift, low + step / 2), most) + i * step);
}

function drawHeads({ protein, x, svg }, y) {
  const glycans = protein.features
    .filter((f) => f.kind === 'glycosylation')
    .map((f) => ({ position: f.first, name: nameOf(protein, f.first), role: f.name, glycan: true }));
  const heads = [...protein.sites, ...glycans].sort((a, b) => a.position - b.position);
  if (!heads.length) {
    return y + 2;
  }
  const crowded = heads.length * 36 > x(protein.sequence.length) - GUTTER + 40;
  const places = spread(
    heads.map((h) => x(h.position - 0.5)),
    crowded ? 9 : 36,
    GUTTER - 16,
    x(protein.sequence.length) + 14,
  );
  heads.forEach((head, i) => {
    const px = places[i],
      px0 = x(head.position - 0.5);
    const mark = head.glycan
      ? rect(px - 3.5, y + 13, 7, 7, { class: 'glycan' })
      : el('svg:circle', { cx: px, cy: y + 16, r: 4, class: 'site', fill: head.fill });
    svg.append(
      button(
        `${protein.name} ${head.name}: ${head.role}`,
        { kind: 'residue', protein: protein.name, position: head.position },
        line(`M${px} ${y + 20}V${y + 23}L${px0} ${y + 30}V${y + 40}`, { class: 'stem' }),
        rect(px - 16, y, 32, 22, { class: 'target' }),
        mark,
        crowded ? '' : words(px, y + 9, head.name, { class: 'small mid' }),
      ),
    );
  });
  return y + 31;
}

function drawBoxes({ protein, x, svg }, y) {
  const middle = y + 10;
  svg.append(
    words(GUTTER - 10, middle + 2, protein.name, { class: 'title end' }),
    words(GUTTER - 10, middle + 13, protein.accession, { class: 'tiny end' }),
    line(`M${x(0)} ${middle}H${x(protein.sequence.length)}`, { class: 'backbone' }),
  );
  for (const box of protein.boxes) {
    const left = x(box.first - 1),
      wide = x(box.last) - left,
      slim = box.kind === 'domain' ? 0 : 3;
    const room = Math.floor((wide - 3) / 7);
    const label = box.label.length <= room ? box.label : room > 3 ? `${box.label.slice(0, room - 1)}…` : '';
    svg.append(
      button(
        `${protein.name} ${box.name}, ${dashed(box.first, box.last)}`,
        spanOf(protein, box, box.label),
        rect(left, y + slim, wide, 20 - 2 * slim, { rx: 3, fill: box.color, class: 'box' }),
        label ? words(left + wide / 2, middle + 4, label, { class: 'mid body', fill: box.ink }) : '',
      ),
    );
  }
  return y + 22;
}

function drawExons({ protein, x, svg }, y) {
  if (!protein.exons.length) {
    return y;
  }
  svg.append(words(GUTTER - 10, y + 11, 'coding exons', { class: 'row end' }));
  for (const exon of protein.exons) {
    const left = x(exon.left),
      wide = x(exon.right) - left;
    svg.append(
      button(
        `${protein.name} exon ${exon.number}, residues ${dashed(exon.first, exon.last)}${exon.split ? ', first codon split' : ''}`,
        spanOf(protein, exon, `exon ${exon.number}`),
        rect(left, y + 2, Math.max(wide - 0.7, 0.6), 12, { fill: exon.color }),
        exon.split ? line(`M${left - 2.5} ${y - 1}h5l-2.5 3.5z`, { class: 'split' }) : '',
        String(exon.number).length * 6 + 2 < wide
          ? words(left + wide / 2, y + 11.5, exon.number, { class: 'small mid', fill: exon.ink })
          : '',
      ),
    );
  }
  return y + 15;
}

function drawCoverage({ protein, x, svg }, y) {
  const byStructure = new Map();
  for (const row of protein.coverage) {
    into(byStructure, row.structure, row);
  }
  for (const [id, rows] of byStructure) {
    const thin = rows.length > 2,
      high = thin ? 3 : BAR,
      pitch = high + (thin ? 1.2 : 3);
    const chains = rows.flatMap((row) => row.chains).join(', ');
    const block = Math.max(rows.length * pitch, 11),
      middle = y + block / 2;
    let top = y + (block - rows.length * pitch + pitch - high) / 2;
    const print = structureNamed(id) && structureNamed(id).missing ? '*' : '';
    svg.append(words(GUTTER - 10, middle + 3.5, `${id}${print} ${chains.length < 9 ? chains : ''}`.trim(), { class: 'row end' }));
    for (const row of rows) {
      svg.append(line(`M${x(0)} ${top + high / 2}H${x(protein.sequence.length)}`, { class: 'faint' }));
      for (const [first, last, word, color] of row.runs) {
        const left = x(first - 1),
          wide = x(last) - left;
        if (word === 'not-in-construct') {
          continue;
        }
        if (word === 'unobserved') {
          svg.append(line(`M${left} ${top + high / 2}h${wide}`, { class: 'dotted' }));
        } else if (word === 'unknown') {
          svg.append(rect(left, top + 0.5, wide, high - 1, { class: 'unknown' }));
        } else if (word === 'different') {
          svg.append(
            rect(left, top, wide, high, { fill: D.colors.coverage.observed }),
            rect(left + wide / 2 - 1, top - 1.5, 2, high + 3, { fill: color }),
          );
        } else {
          svg.append(
            rect(left, top + (word === 'partial' ? high / 4 : 0), wide, word === 'partial' ? high / 2 : high, { fill: color }),
          );
        }
      }
      top += pitch;
    }
    y += block;
  }
  return y;
}

function drawInterfaces({ protein, x, scale, svg }, y) {
  const byStructure = new Map();
  for (const row of protein.interface) {
    into(byStructure, row.structure, row);
  }
  for (const [id, rows] of byStructure) {
    svg.append(
      words(GUTTER - 10, y + 9, `${id} contacts`, { class: 'row end' }),
      line(`M${x(0)} ${y + 9}H${x(protein.sequence.length)}`, { class: 'faint' }),
    );
    for (const row of rows) {
      for (const [position, copies] of row.seen) {
        const high = copies === row.copies ? 8 : 4.5;
        svg.append(
          rect(x(position - 0.5) - Math.max(scale * 0.42, 0.6), y + 9 - high, Math.max(scale * 0.84, 1.2), high, {
            fill: D.colors.interface[row.interface],
          }),
        );
      }
    }
    y += 11;
  }
  return y;
}

function drawPublished(track, y) {
  const { protein, x, svg } = track;
  if (!protein.published.length) {
    return y;
  }
  const all = protein.published.map((p) => ({ ...p, count: Object.values(p.tables).reduce((a, b) => a + b, 0) }));
  const spans = all.filter((p) => p.last > p.first).sort((a, b) => b.last - b.first - (a.last - a.first));
  const points = all.filter((p) => p.last === p.first);
  const ends = [];
  const said = (part) =>
    Object.entries(part.tables)
      .map(([name, count]) => `${count} ${D.evidence[name].toLowerCase()}`)
      .join(', ');
  const top = y;
  for (const part of spans) {
    const left = x(part.first - 1),
      right = Math.max(x(part.last), left + 11);
    let level = 0;
    while ((ends[level] || []).some(([a, b]) => left < b - 0.5 && a + 0.5 < right)) {
      level += 1;
    }
    (ends[level] = ends[level] || []).push([left, right]);
    const py = top + level * 11;
    svg.append(
      button(
        `published on ${protein.name} ${dashed(part.first, part.last)}: ${said(part)}`,
        {
          kind: 'region',
          label: `${protein.name} ${labelOf(protein, part)}`,
          spans: [{ protein: protein.name, first: part.first, last: part.last }],
        },
        rect(left, py, right - left, 9.5, {
          class: 'published',
          'fill-opacity': Math.min(0.06 + 0.06 * Math.log2(part.count + 1), 0.4),
        }),
        words((left + right) / 2, py + 8, part.count, { class: 'tiny mid ink' }),
      ),
    );
  }
  y += 11 * ends.length;
  for (const part of points) {
    svg.append(
      button(
        `published on ${protein.name} ${nameOf(protein, part.first)}: ${said(part)}`,
        { kind: 'residue', protein: protein.name, position: part.first },
        rect(x(part.first - 0.5) - 3, y, 6, 10, { class: 'target' }),
        el('svg:circle', { cx: x(part.first - 0.5), cy: y + 5, r: Math.min(1.6 + part.count * 0.25, 3.4), class: 'point' }),
      ),
    );
  }
  const bottom = y + (points.length ? 10 : 0);
  svg.append(words(GUTTER - 10, (top + bottom) / 2 + 3.5, 'published', { class: 'row end' }));
  return bottom;
}

function labelOf(protein, part) {
  const same = (other) => other.first === part.first && other.last === part.last;
  const hit = protein.boxes.find(same) || protein.regions.find(same);
  const exon = protein.exons.find(same);
  return hit ? hit.label || hit.name : exon ? `exon ${exon.number}` : dashed(part.first, part.last);
}

function drawAxis({ protein, x, scale, svg }, y) {
  const length = protein.sequence.length;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((s) => s * scale >= 42) || 2000;
  const ticks = [1];
  for (let p = step; p < length; p += step) {
    if (p > 1 && (p - 1) * scale > 26 && (length - p) * scale > 26) {
      ticks.push(p);
    }
  }
  ticks.push(length);
  svg.append(line(`M${x(0)} ${y}H${x(length)}`, { class: 'axis' }), words(GUTTER - 10, y + 11, 'UniProt', { class: 'tiny end' }));
  for (const p of new Set(ticks)) {
    svg.append(line(`M${x(p - 0.5)} ${y}v3`, { class: 'axis' }), words(x(p - 0.5), y + 12, p, { class: 'tiny mid' }));
  }
  return y + 15;
}

const residueUnder = (track, event) => {
  const px = event.clientX - track.svg.getBoundingClientRect().left;
  const position = Math.ceil((px - GUTTER) / track.scale);
  return position >= 1 && position <= track.protein.sequence.length ? position : 0;
};

function clickTrack(track, event) {
  const position = residueUnder(track, event);
  if (position) {
    select({ kind: 'residue', protein: track.protein.name, position });
  }
}

function hint(event, track) {
  const position = residueUnder(track, event),
    node = $('hint');
  node.hidden = !position;
  if (!position) {
    return;
  }
  const exons = exonsAt(track.protein, position)
    .map((e) => e.number)
    .join(' and ');
  const domain = domainAt(track.protein, position);
  node.textContent = [
    `${track.protein.name} ${nameOf(track.protein, position)}`,
    domain ? domain.label : regionAt(track.protein, position),
    exons ? `exon ${exons}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
  node.style.left = `${Math.min(event.clientX + 12, window.innerWidth - 200)}px`;
  node.style.top = `${event.clientY + 14}px`;
}

function markTracks() {
  for (const track of Object.values(tracks)) {
    track.lit.replaceChildren();
    track.cursor.replaceChildren();
    for (const span of spansSelected().filter((s) => s.protein === track.protein.name)) {
      const left = track.x(span.first - 1),
        wide = Math.max(track.x(span.last) - left, 1.5);
      if (span.last > span.first) {
        track.lit.append(rect(left, 0, wide, track.height - 13, { class: 'lit' }));
      } else {
        const middle = track.x(span.first - 0.5),
          name = nameOf(track.protein, span.first),
          half = name.length * 3.6 + 4;
        track.cursor.append(
          line(`M${middle} 22V${track.height - 14}`, {}),
          rect(middle - half, track.height - 14, 2 * half, 13, { rx: 3 }),
          words(middle, track.height - 4, name, { class: 'small mid' }),
        );
      }
    }
  }
  markLetters();
}
