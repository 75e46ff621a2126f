/** How loud it is, in words: nothing heard, fine, or too loud. */
export type Loudness = "silent" | "fine" | "loud";

/** Watches how loud a stream is; gives a function that ends it. With reduced motion, once a second is enough. */
export function watchLevel(stream: MediaStream, onLevel: (level: number, loudness: Loudness) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 100;
  // Words follow what was loudest lately, so that they do not flicker.
  let recent: number[] = [];
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    recent = [...recent, level].slice(-Math.round(3000 / pause));
    const most = Math.max(...recent);
    onLevel(level, most > 0.98 ? "loud" : most < 0.01 ? "silent" : "fine");
  }, pause);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
