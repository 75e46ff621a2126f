// 24 hours for readers of English too, as everywhere else in the dashboard.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

/** A moment in the reader's words: the time, and the day when it was not today. */
export function clockTime(moment: Date): string {
  const isToday = moment.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, { ...(isToday ? {} : { dateStyle: "medium" }), timeStyle: "short" }).format(moment);
}
