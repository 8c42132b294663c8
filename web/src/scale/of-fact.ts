/** Questions whose answer is the grade of a scale, and the scale that gives it. (The packs' scales are not part of a first visit.) */
export const SCALE_OF: Record<string, string> = { ability_level: "gbt_42195", ltci_grade: "ltc_37" };
