/** The map's equal-area projection and what it must show. */
import { geoAzimuthalEqualArea, geoEqualEarth } from "d3-geo";
import type { GeoProjection } from "d3-geo";
import type { MapSettings } from "../format";

export interface Extent {
  lon: ArrayLike<number>;
  lat: ArrayLike<number>;
}

/** Centre of mass of points on the sphere, degrees. */
function centre_of(e: Extent): [number, number] {
  let [x, y, z] = [0, 0, 0];
  for (let i = 0; i < e.lon.length; i++) {
    const [l, p] = [(e.lon[i]! * Math.PI) / 180, (e.lat[i]! * Math.PI) / 180];
    x += Math.cos(p) * Math.cos(l);
    y += Math.cos(p) * Math.sin(l);
    z += Math.sin(p);
  }
  return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
}

/** Settings for reports that state none: about the places; the world when they are further than 75° apart from it. */
export function settings_for(places: Extent): MapSettings {
  const centre = centre_of(places);
  let far = 0;
  const rad = Math.PI / 180;
  for (let i = 0; i < places.lon.length; i++) {
    const cos = Math.sin(places.lat[i]! * rad) * Math.sin(centre[1] * rad) +
      Math.cos(places.lat[i]! * rad) * Math.cos(centre[1] * rad) * Math.cos((places.lon[i]! - centre[0]) * rad);
    far = Math.max(far, Math.acos(Math.max(-1, Math.min(1, cos))) / rad);
  }
  const fit = Array.from({ length: places.lon.length }, (_, i): [number, number] => [places.lon[i]!, places.lat[i]!]);
  return { projection: far > 75 ? "equal_earth" : "laea", centre, fit };
}

export interface Margin {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function make_projection(m: MapSettings, width: number, height: number, margin: Margin): GeoProjection {
  const projection = m.projection === "equal_earth"
    ? geoEqualEarth().rotate([-m.centre[0], 0])
    : geoAzimuthalEqualArea().rotate([-m.centre[0], -m.centre[1]]).clipAngle(110);
  const points = m.fit.length > 1 ? m.fit : [[m.centre[0] - 5, m.centre[1] - 5], [m.centre[0] + 5, m.centre[1] + 5]];
  projection.fitExtent([[margin.left, margin.top], [width - margin.right, height - margin.bottom]], m.projection === "equal_earth" ? { type: "Sphere" } : { type: "MultiPoint", coordinates: points });
  return projection.precision(0.3);
}
