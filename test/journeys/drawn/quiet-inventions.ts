import type { InventedBlog } from "./invented-blog.ts";

/** Short notes, for Perch. */
export const river: InventedBlog = {
  theme: "perch",
  url: "https://kim.example/",
  title: "Kim by the river",
  description: "Small notes from the water’s edge.",
  author: { name: "Kim Example", bio: "I live by a river and write down what it does." },
  face: ["heron", 200, 400, 400, "A drawn heron"],
  posts: [
    { at: "2026-05-19T18:10Z", text: "The heron is back. It pretends not to know me, which is fair.", categories: ["River"] },
    {
      at: "2026-05-18T20:40Z",
      text: "The last ferry, and the light to go with it.",
      shots: [["sea", 205, 1600, 720, "A small sailing boat on calm water at dusk"]],
      categories: ["River"],
    },
    { at: "2026-05-18T07:40Z", text: "Soup for three days: leeks, potatoes, patience.", categories: ["Kitchen"] },
    { at: "2026-05-17T10:05Z", text: "Fog until ten. Then, all at once, the other bank.", categories: ["River"] },
    {
      at: "2026-05-16T09:30Z",
      title: "A week of water levels",
      text: "Measured every morning before coffee, with a stick and a pencil.",
      categories: ["River"],
    },
    { at: "2026-05-15T16:05Z", text: "The ferryman says it will be a dry summer. He has said so every year since 1987." },
  ],
};

/** Essays, for Folio. */
export const essays: InventedBlog = {
  theme: "folio",
  url: "https://ana.example/",
  title: "The Slow Shelf",
  description: "Essays on tools, weather and attention.",
  author: { name: "Ana Example", bio: "Writes slowly, on purpose." },
  face: ["table", 20, 400, 400, "A drawn cup beside a pear"],
  posts: [
    {
      at: "2026-05-18T08:00Z",
      title: "In praise of the unfinished map",
      text: "Every map I have loved had an edge where somebody stopped walking. The paper goes on for a hand’s breadth, white, and in the white there is more of the country than in all the roads. I have kept one such map over my desk for eleven years, and I have never gone to see what is there.",
      categories: ["Places"],
    },
    { at: "2026-05-17T19:20Z", text: "Sharpened four pencils. Wrote one line. A good ratio.", categories: ["Desk"] },
    { at: "2026-05-16T07:10Z", text: "The swifts came back during breakfast, all at once, like an answer." },
    {
      at: "2026-05-04T08:00Z",
      title: "What the kettle knows about waiting",
      text: "There are two kinds of waiting, and a kitchen teaches both. One looks at the clock; the other listens. My grandmother never owned a kettle that whistled: she could tell by the silence just before the boil, when the water holds its breath and the whole room leans in to hear.",
      categories: ["Desk"],
    },
    { at: "2026-05-02T21:00Z", text: "A library is a machine for changing the subject." },
    {
      at: "2026-04-21T08:00Z",
      title: "Letters to a carpenter",
      text: "Dear neighbour, the shelf you made for me in March has begun to lean. I write not to complain but to thank you: the books have found an order I would not have thought of, the tall ones resting on the short ones, and I have read three of them that I had lost.",
      categories: ["Letters"],
    },
    {
      at: "2026-04-02T08:00Z",
      title: "Rain, considered as a reader",
      text: "It goes over every roof once, from the first line to the last, and skips nothing. I envy that. I have shelves of books of which I know the middle by heart and the end not at all.",
      categories: ["Weather"],
    },
    {
      at: "2026-03-11T08:00Z",
      title: "Notes on a borrowed bicycle",
      text: "It is a size too large, and so I see over hedges.",
      categories: ["Places"],
    },
  ],
};

/** Photographs, for Lens. */
export const pictures: InventedBlog = {
  theme: "lens",
  url: "https://lee.example/",
  title: "Lee looks twice",
  description: "Pictures from walks without a destination.",
  author: { name: "Lee Example", bio: "Walks with a camera." },
  face: ["lighthouse", 210, 400, 400, "A drawn lighthouse"],
  settings: { design: { themes: { lens: { row_height: 260 } } } },
  posts: [
    { at: "2026-05-19T19:00Z", shots: [["hills", 215, 1800, 1200, "Blue hills one behind the other under a low sun"]] },
    { at: "2026-05-18T06:00Z", shots: [["birches", 150, 1200, 1500, "Birch trunks in a green wood"]] },
    { at: "2026-05-17T21:00Z", shots: [["town", 235, 1600, 1200, "Roofs at night with lit windows and a moon"]] },
    { at: "2026-05-16T08:00Z", shots: [["field", 92, 1500, 1000, "Rows of a field that run to a single tree"]] },
    { at: "2026-05-15T08:00Z", shots: [["heron", 185, 1200, 1200, "A heron stands in the reeds"]] },
    { at: "2026-05-14T18:00Z", shots: [["lighthouse", 205, 1400, 1000, "A lighthouse on its rock"]] },
    { at: "2026-05-12T07:00Z", shots: [["table", 24, 1200, 1000, "A cup of coffee and a pear on a table"]] },
    { at: "2026-05-11T20:00Z", shots: [["sea", 195, 1800, 1100, "A small boat under a pale sun"]] },
    { at: "2026-05-09T20:00Z", shots: [["hills", 20, 1600, 1000, "Red hills in the evening"]] },
    { at: "2026-05-08T20:00Z", shots: [["birches", 45, 1500, 1000, "Birches in autumn colours"]] },
  ],
};
