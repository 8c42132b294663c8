// Each two characters next to each other; a character that stands alone by itself; letters and digits as words.
export const bigrams = (text) =>
  (text.match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []).flatMap((run) => {
    const signs = Array.from(run);
    return signs.length < 2 || !/\p{Script=Han}/u.test(run) ? [run] : signs.slice(1).map((sign, at) => signs[at] + sign);
  });

export const miniSearchOptions = { prefix: true, fuzzy: 0.2, boost: { name: 2 }, combineWith: "AND" };
