/** Requests that are made at once. */
const atOnce = 8;

/** Does something with each of many, a few at once. */
export async function eachOf<T, R>(many: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < many.length; start += atOnce) done.push(...(await Promise.all(many.slice(start, start + atOnce).map(work))));
  return done;
}
