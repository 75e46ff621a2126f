/** The text of a JSON array, as its elements come. */
export async function* jsonList(elements: AsyncIterable<unknown>): AsyncIterable<string> {
  yield* jsonListOf(textsOf(elements));
}

/** The same of elements that are JSON already. */
export async function* jsonListOf(texts: AsyncIterable<string>): AsyncIterable<string> {
  let before = "[\n";
  for await (const text of texts) {
    yield before + text;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

async function* textsOf(elements: AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const element of elements) yield JSON.stringify(element);
}
