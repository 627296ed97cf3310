// What cannot be told is null in the results.
export const percent = (p) => p === null ? "–" : (p > 0 && p < 0.00995 ? (100 * p).toFixed(2) : (100 * p).toFixed(1)) + " %";
export const interval = (low, high) => low === null || high === null ? "interval cannot be told" : `${(100 * low).toFixed(1)} – ${(100 * high).toFixed(1)}`;
export const points = (value) => value === null ? "–" : (value < 0 ? "−" : "+") + Math.abs(100 * value).toFixed(1);
