import { language } from "./texts";

/** 360000 fen → "3,600"; 1050 fen → "10.50". */
export function yuan(fen: number): string {
  const whole = Math.floor(fen / 100).toLocaleString(language());
  return fen % 100 === 0 ? whole : `${whole}.${String(fen % 100).padStart(2, "0")}`;
}
