/** The text of a JSON array, as its elements come. */
export async function* jsonList(elements: AsyncIterable<unknown>): AsyncIterable<string> {
  let before = "[\n";
  for await (const element of elements) {
    yield before + JSON.stringify(element);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
