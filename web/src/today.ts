/** The day the policies are applied to: today here, or `?as_of=YYYY-MM-DD` (a date, never an answer). */
export function today(): string {
  const asked = new URLSearchParams(location.search).get("as_of");
  return asked !== null && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : calendarDay(new Date());
}

export function calendarDay(now: Date): string {
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
