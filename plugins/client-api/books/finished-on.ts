import { invalid } from "../wire/answers.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The day an app sends as `date_finished`: what JavaScript's Date says of itself, moved to Greenwich before, so that the zone behind it
 * means nothing. Other usual ways of writing a date are taken too. Null for no day; PublicError 400.
 */
export function finishedOn(text: string | null): string | null {
  const said = text?.trim() ?? "";
  if (said === "") return null;
  const [, month, day, year, hours, minutes, seconds] =
    /^[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d{4}) (\d{2}):(\d{2}):(\d{2})/.exec(said) ?? [];
  const at = months.indexOf(month ?? "");
  const moment =
    at === -1
      ? Date.parse(/^\d{4}/.test(said) ? said : "")
      : Date.UTC(Number(year), at, Number(day), Number(hours), Number(minutes), Number(seconds));
  const date = new Date(moment);
  if (Number.isNaN(moment) || date.getUTCFullYear() < 1900 || date.getUTCFullYear() > 2200)
    throw invalid("The day on which the book was finished is no date.");
  return date.toISOString();
}
