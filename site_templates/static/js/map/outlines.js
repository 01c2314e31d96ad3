// Lines and areas in finer detail: asked for when somebody looks closer, and set where they are in view.

export function makeOutlines(said, ready) {
  const words = said.split(" ");
  const levels = words.flatMap((zoom, n) => n % 2 ? [] : [{ zoom: Number(zoom), address: words[n + 1], paths: null, scale: 1 }]);

  async function fetchLevel(level) {
    level.asked = true;
    try {
      const answer = await fetch(level.address);
      if (!answer.ok) throw new Error(answer.status);
      const { parts, paths } = await answer.json();
      Object.assign(level, { paths, scale: 1 / parts });
      ready();
    } catch {
      level.asked = false;
    }
  }

  return function show(marks, zoom) {
    const wanted = levels.filter((level) => zoom > level.zoom);
    const finest = wanted.at(-1);
    if (finest && !finest.asked) fetchLevel(finest);
    const level = wanted.filter(({ paths }) => paths).pop() || null;
    for (const mark of marks) {
      const finer = level?.paths[mark.number] ? level : null;
      if (!mark.group || mark.level === finer || (!mark.level && !finer)) continue;
      const path = mark.group.querySelector("path");
      mark.coarse ??= path.getAttribute("d");
      path.setAttribute("d", finer ? finer.paths[mark.number] : mark.coarse);
      path.setAttribute("transform", `scale(${finer ? finer.scale : 1})`);
      mark.level = finer;
    }
  };
}
