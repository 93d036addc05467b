/** Countries as shapes; drawn once into paths, which every zoom reuses. */
import { geoArea, geoGraticule, geoPath } from "d3-geo";
import type { GeoProjection } from "d3-geo";
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { Topology } from "../format";

export type Country = Feature<Polygon | MultiPolygon, { name?: string }>;

/** A country is taken to be the smaller side of its rings, whichever way they run. */
function wind(polygon: Position[][]): Position[][] {
  return polygon.map((ring, i) => {
    const big = geoArea({ type: "Polygon", coordinates: [ring] }) > 2 * Math.PI;
    return (i === 0 ? big : !big) ? [...ring].reverse() : ring;
  });
}

export function read_land(topology: Topology): Country[] {
  const made = feature(topology as never, topology.objects.countries as never) as unknown as FeatureCollection<Polygon | MultiPolygon, { name?: string }>;
  return made.features
    .filter((f) => f.geometry && (f.geometry.type === "Polygon" || f.geometry.type === "MultiPolygon"))
    .map((f) => ({
      ...f,
      geometry: f.geometry.type === "Polygon"
        ? { type: "Polygon", coordinates: wind(f.geometry.coordinates) }
        : { type: "MultiPolygon", coordinates: f.geometry.coordinates.map(wind) },
    }));
}

export interface LandPaths {
  sphere: Path2D;
  graticule: Path2D;
  outside: Path2D;
  inside: Path2D;
}

export function draw_land(countries: Country[], in_scope: (iso3: string) => boolean, projection: GeoProjection): LandPaths {
  const path = geoPath(projection);
  const join = (features: Country[]): Path2D => new Path2D(path({ type: "FeatureCollection", features }) ?? "");
  return {
    sphere: new Path2D(path({ type: "Sphere" }) ?? ""),
    graticule: new Path2D(path(geoGraticule().step([15, 15])()) ?? ""),
    outside: join(countries.filter((c) => !in_scope(String(c.id ?? "")))),
    inside: join(countries.filter((c) => in_scope(String(c.id ?? "")))),
  };
}
