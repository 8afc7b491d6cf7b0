// Makes the reference times beside it. Run it with TZ=UTC where adhan 4.4.6 is installed; README.md says how.
import { writeFileSync } from 'node:fs';
import * as adhan from 'adhan';
import SolarCoordinates from './node_modules/adhan/lib/esm/SolarCoordinates.js';

const { CalculationMethod, HighLatitudeRule, Madhab } = adhan;

const near = { london: [51.5074, -0.1278], leeds: [53.8008, -1.5491], edinburgh: [55.9533, -3.1883] };
const far = { makkah: [21.4225, 39.8262], sydney: [-33.8688, 151.2093], quito: [-0.1807, -78.4678], 'new-york': [40.7128, -74.006] };

// days lists every nth day of a year.
function* days(year, n) {
  for (let d = new Date(Date.UTC(year, 0, 1)); d.getUTCFullYear() === year; d = new Date(d.getTime() + n * 86400000)) yield d;
}

// times gives the six times of a day in whole seconds after 00:00 UTC of that date.
function times(place, date, method, rule, madhab = Madhab.Shafi) {
  const p = CalculationMethod[method]();
  p.methodAdjustments = { fajr: 0, sunrise: 0, dhuhr: 0, asr: 0, maghrib: 0, isha: 0 };
  p.rounding = adhan.Rounding.None;
  p.highLatitudeRule = rule;
  p.madhab = madhab;
  const t = new adhan.PrayerTimes(new adhan.Coordinates(...place), date, p);
  const seconds = (x) => Math.round((x.getTime() - date.getTime()) / 1000);
  return { fajr: seconds(t.fajr), sunrise: seconds(t.sunrise), dhuhr: seconds(t.dhuhr), asr: seconds(t.asr), maghrib: seconds(t.maghrib), isha: seconds(t.isha) };
}

const day = (d) => d.toISOString().slice(0, 10);
const write = (name, head, rows) => writeFileSync(name + '.csv', [head, ...rows.map((r) => r.join(','))].join('\n') + '\n');
const { MiddleOfTheNight: middle, SeventhOfTheNight: seventh, TwilightAngle: angle } = HighLatitudeRule;

for (const [name, place] of Object.entries(near)) {
  const rows = [];
  for (const year of [2026, 2028]) {
    for (const d of days(year, 1)) {
      const m = times(place, d, 'MuslimWorldLeague', middle);
      const i = times(place, d, 'NorthAmerica', middle);
      const h = times(place, d, 'MuslimWorldLeague', middle, Madhab.Hanafi);
      rows.push([day(d), m.fajr, i.fajr, m.sunrise, m.dhuhr, m.asr, h.asr, m.maghrib, i.isha, m.isha]);
    }
  }
  write(name, 'date,fajr_mwl,fajr_isna,sunrise,dhuhr,asr,asr_hanafi,maghrib,isha_isna,isha_mwl', rows);
}

// altitude gives the height of the sun in degrees, by the reference's own positions, at seconds after a date.
function altitude([latitude, longitude], date, seconds) {
  const rad = Math.PI / 180;
  const sun = new SolarCoordinates((date.getTime() / 1000 + seconds) / 86400 + 2440587.5);
  const hour = (sun.apparentSiderealTime + longitude - sun.rightAscension) * rad;
  return Math.asin(Math.sin(latitude * rad) * Math.sin(sun.declination * rad) +
    Math.cos(latitude * rad) * Math.cos(sun.declination * rad) * Math.cos(hour)) / rad;
}

// crossing finds by halving when the sun stands so many degrees below the horizon between a moment of day and the lowest point of
// the night before or after it, or gives NaN.
function crossing(place, date, day, degrees, sign) {
  const depth = (x) => -altitude(place, date, x);
  let [a, b] = [day, day + sign * 43200]; // the lowest point lies between, and only one
  while (Math.abs(b - a) > 0.01) {
    const [x, y] = [a + (b - a) / 3, b - (b - a) / 3];
    if (depth(x) < depth(y)) a = x; else b = y;
  }
  if (depth(a) < degrees) return NaN;
  let [up, down] = [day, a];
  while (Math.abs(down - up) > 0.01) {
    const middle = (up + down) / 2;
    if (depth(middle) < degrees) up = middle; else down = middle;
  }
  return up;
}

const grazing = [];
for (const [name, place] of Object.entries(near)) {
  for (const year of [2026, 2028]) {
    for (const d of days(year, 1)) {
      const night = times(place, new Date(d.getTime() + 86400000), 'NorthAmerica', middle).sunrise + 86400 - times(place, d, 'NorthAmerica', middle).maghrib;
      for (const [method, word, fajr, isha] of [['MuslimWorldLeague', 'mwl', 18, 17], ['NorthAmerica', 'isna', 15, 15]]) {
        const t = times(place, d, method, middle);
        const most = (a, b) => (a > b ? a : b); // b if a is NaN
        const dawn = Math.round(most(crossing(place, d, t.sunrise, fajr, -1), t.sunrise - night / 2));
        const dusk = -Math.round(most(-crossing(place, d, t.maghrib, isha, 1), -(t.maghrib + night / 2)));
        if (Math.abs(dawn - t.fajr) > 20) grazing.push([name, day(d), 'fajr_' + word, dawn, t.fajr]);
        if (Math.abs(dusk - t.isha) > 20) grazing.push([name, day(d), 'isha_' + word, dusk, t.isha]);
      }
    }
  }
}
write('grazing', 'place,date,column,exact,reference', grazing);

const rules = [];
for (const [name, place] of Object.entries(near)) {
  for (const d of days(2026, 10)) {
    for (const [word, method, rule] of [
      ['seventh', 'MuslimWorldLeague', seventh],
      ['angle', 'MuslimWorldLeague', angle],
      ['seventh', 'Egyptian', seventh],
      ['angle', 'Karachi', angle],
      ['middle', 'UmmAlQura', middle],
    ]) {
      const t = times(place, d, method, rule);
      rules.push([name, day(d), method, word, t.fajr, t.isha]);
    }
  }
}
write('rules', 'place,date,method,rule,fajr,isha', rules);

const elsewhere = [];
for (const [name, place] of Object.entries(far)) {
  for (const d of days(2026, 10)) {
    const t = times(place, d, 'MuslimWorldLeague', middle);
    elsewhere.push([name, day(d), t.fajr, t.sunrise, t.dhuhr, t.asr, t.maghrib, t.isha]);
  }
}
write('elsewhere', 'place,date,fajr,sunrise,dhuhr,asr,maghrib,isha', elsewhere);
