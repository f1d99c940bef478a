// What can be done, by name; review.js fills it, so that the parts of the page need not know each other.
export const acts = {};
