// How numbers, times and names are written.

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
export const tenth = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const count = number => whole.format(number);
export const some = (number, noun, nouns = `${noun}s`) => `${count(number)} ${number === 1 ? noun : nouns}`;
export const percent = share => `${Math.round(share * 100)}\u00a0%`;
export const rate = number => number > 0 && number < 10 ? tenth.format(number) : count(number);
export const named = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export function bytes(number) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; number >= 1024 && unit < units.length - 1; unit++) {
    number /= 1024;
  }

  return `${unit > 0 && number < 10 ? tenth.format(number) : count(number)} ${units[unit]}`;
}

export function duration(seconds) {
  if (seconds < 9.95) {
    return `${tenth.format(seconds)} s`;
  }

  const all = Math.round(seconds);
  const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
  return days > 0 ? `${days} d ${hours} h` : all >= 3600 ? `${hours} h ${minutes} min` : all >= 60 ? `${minutes} min ${all % 60} s` : `${all} s`;
}

// The server's clock on both sides, as the reader's may differ.
export function ago(then, now) {
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(then)) / 1000);
  return seconds < 60 ? 'less than a minute ago' : `${seconds < 3600 ? `${Math.floor(seconds / 60)} min` : duration(Math.floor(seconds / 60) * 60)} ago`;
}

export function moment(then, now) {
  const date = new Date(then);
  return date.toDateString() === new Date(now).toDateString() ? clockTime.format(date) : dayTime.format(date);
}
