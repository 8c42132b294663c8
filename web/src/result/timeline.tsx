// The next ten years with the same answers: a picture, and the same in words.
import { useState } from "preact/hooks";
import type { Benefit, Side, Timeline, Verdict } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { type Household, subjectLabel } from "../household";
import { dateText, say, t } from "../texts";
import { amountText } from "./amount-text";
import { Cites } from "./cite";
import { Fold } from "./fold";

interface Props {
  engine: Engine;
  household: Household;
  timeline: Timeline;
}
type Event = Timeline["events"][number];

const FIRST = 6;
const days = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

export function TimelineView({ engine, household, timeline }: Props) {
  const [all, setAll] = useState(false);
  const { from, to, events } = timeline;
  const benefitOf = (id: string) => engine.policy.benefits.find((one) => one.id === id);
  const dates = [...new Set(events.map(({ date }) => date))];
  const shown = all ? dates : dates.slice(0, FIRST);
  return (
    <section class="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{t("timeline.title")}</h2>
      <p>{t("timeline.head", { from: dateText(from), to: dateText(to), n: events.length })}</p>
      {events.length > 0 && <Picture engine={engine} household={household} timeline={timeline} />}
      <ol class="events">
        {shown.map((date) => (
          <li key={date}>
            <h3>{dateText(date)}</h3>
            <ul>
              {events
                .filter((one) => one.date === date)
                .map((event) => (
                  <li key={`${event.benefit} ${event.subject}`} data-event={`${date}/${event.benefit}/${event.subject}`}>
                    <Change event={event} benefit={benefitOf(event.benefit)} engine={engine} household={household} />
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
      {shown.length < dates.length && (
        <button type="button" class="secondary" onClick={() => setAll(true)} data-all-events>
          {t("timeline.more", { n: String(dates.length - shown.length) })}
        </button>
      )}
    </section>
  );
}

interface ChangeProps {
  event: Event;
  benefit: Benefit | undefined;
  engine: Engine;
  household: Household;
}

function Change({ event, benefit, engine, household }: ChangeProps) {
  if (benefit === undefined) return null;
  const side = ({ verdict, amount }: Side) =>
    t("timeline.side", {
      verdict: t(`verdict.${verdict}`),
      amount: verdict === "no" || amount === undefined ? "" : amountText(amount, benefit),
    });
  const kinds = [...new Set(event.why.map(({ kind }) => kind))];
  return (
    <>
      <strong>{say(benefit.title)}</strong> <span class="hint">{subjectLabel(household, engine.policy, event.subject)}</span>
      <p>{t("timeline.change", { before: side(event.before), after: side(event.after) })}</p>
      <Fold summary={t("timeline.why", { why: kinds.map((kind) => t(`cause.${kind}`)).join(t("web.result.and")) })}>
        {() => <Cites cites={event.why.flatMap(({ cite }) => cite)} policy={engine.policy} />}
      </Fold>
    </>
  );
}

interface Lane {
  key: string;
  benefit: Benefit;
  subject: string;
  spans: { start: number; end: number; verdict: Verdict }[];
}

function lanesOf(engine: Engine, { from, to, events }: Timeline): Lane[] {
  const lanes = new Map<string, Lane>();
  const [first, last] = [days(from), days(to)];
  const place = (date: string) => ((days(date) - first) / (last - first)) * 100;
  for (const { date, benefit: id, subject, before, after } of events) {
    const benefit = engine.policy.benefits.find((one) => one.id === id);
    if (benefit === undefined) continue;
    const key = `${id} ${subject}`;
    const lane = lanes.get(key) ?? { key, benefit, subject, spans: [{ start: 0, end: 100, verdict: before.verdict }] };
    const open = lane.spans[lane.spans.length - 1];
    if (open !== undefined) open.end = place(date);
    lane.spans.push({ start: place(date), end: 100, verdict: after.verdict });
    lanes.set(key, lane);
  }
  return [...lanes.values()];
}

// Thick: theirs; middling with gaps: maybe; a thin line: not. Height says it without the colour.
const BAR: Record<Verdict, { y: number; height: number }> = {
  yes: { y: 2, height: 16 },
  open: { y: 6, height: 8 },
  no: { y: 9, height: 2 },
};

function Picture({ engine, household, timeline }: Props) {
  const [all, setAll] = useState(false);
  const lanes = lanesOf(engine, timeline);
  const shown = all ? lanes : lanes.slice(0, FIRST);
  const year = Number(timeline.from.slice(0, 4));
  const first = days(timeline.from);
  const whole = days(timeline.to) - first;
  const years = Array.from({ length: 10 }, (_, n) => year + 1 + n).map((one) => ({
    one,
    x: ((days(`${one}-01-01`) - first) / whole) * 100,
  }));
  return (
    <figure class="lanes">
      <figcaption>
        {(["yes", "open", "no"] as const).map((verdict) => (
          <span key={verdict}>
            <Bar spans={[{ start: 0, end: 100, verdict }]} years={[]} /> {t(`timeline.legend.${verdict}`)}
          </span>
        ))}
      </figcaption>
      {/* The list below says the same in words. */}
      <div aria-hidden="true">
        {shown.map(({ key, benefit, subject, spans }) => (
          <div key={key} class="lane" data-lane={key}>
            <p>
              {say(benefit.title)} <span class="hint">{subjectLabel(household, engine.policy, subject)}</span>
            </p>
            <Bar spans={spans} years={years.map(({ x }) => x)} />
          </div>
        ))}
        <svg class="years" height="1.6em" width="100%">
          <title>{t("timeline.title")}</title>
          {years
            .filter((_, n) => n % 3 === 0)
            .map(({ one, x }) => (
              <text key={one} x={`${x}%`} y="1.2em" text-anchor="middle">
                {one}
              </text>
            ))}
        </svg>
      </div>
      {shown.length < lanes.length && (
        <button type="button" class="secondary screen" onClick={() => setAll(true)} data-all-lanes>
          {t("timeline.lanes", { n: String(lanes.length - shown.length) })}
        </button>
      )}
    </figure>
  );
}

function Bar({ spans, years }: { spans: Lane["spans"]; years: number[] }) {
  return (
    <svg class="bar" height="20" width="100%" aria-hidden="true">
      {years.map((x) => (
        <line key={x} class="year" x1={`${x}%`} x2={`${x}%`} y1="0" y2="20" />
      ))}
      {spans.map(({ start, end, verdict }) => (
        <rect key={start} class={verdict} x={`${start}%`} width={`${Math.max(0, end - start)}%`} {...BAR[verdict]} />
      ))}
      {spans.slice(1).map(({ start }) => (
        <line key={start} class="change" x1={`${start}%`} x2={`${start}%`} y1="0" y2="20" />
      ))}
    </svg>
  );
}
