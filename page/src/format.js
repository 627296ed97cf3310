export const percent = (p) => (p > 0 && p < 0.00995 ? (100 * p).toFixed(2) : (100 * p).toFixed(1)) + " %";
export const interval = (low, high) => `${(100 * low).toFixed(1)} – ${(100 * high).toFixed(1)}`;
export const points = (value) => (value < 0 ? "−" : "+") + Math.abs(100 * value).toFixed(1);
