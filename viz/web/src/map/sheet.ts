/** The map as laid out: its size, projection and zoom, and where things stand on it. */
import type { GeoProjection } from "d3-geo";
import { geoInterpolate, geoPath } from "d3-geo";
import type { ZoomTransform } from "d3-zoom";
import { zoomIdentity } from "d3-zoom";
import type { MapSettings } from "../format";
import type { Country, LandPaths } from "./land";
import { draw_land } from "./land";
import type { Margin } from "./projection";
import { make_projection } from "./projection";

export interface Point {
  x: number;
  y: number;
}

export type LonLat = [number, number];

/** What a map stands on: places by number, and countries in scope. */
export interface Ground {
  readonly n: number;
  /** Degrees. */
  lonlat(i: number): LonLat;
  in_scope(iso3: string): boolean;
}

/** A country outside the scenario: size and centre before zoom. */
interface Neighbour {
  name: string;
  area: number;
  centre: LonLat;
}

export class Sheet {
  transform: ZoomTransform = zoomIdentity;
  readonly land: LandPaths;
  readonly neighbours: Neighbour[];
  private readonly projection: GeoProjection;
  /** Places before zoom: x, y of each. */
  private readonly xy: Float32Array;

  constructor(
    private readonly ground: Ground, settings: MapSettings, countries: Country[],
    readonly width: number, readonly height: number, margin: Margin,
  ) {
    this.projection = make_projection(settings, width, height, margin);
    const in_scope = (iso3: string): boolean => ground.in_scope(iso3);
    this.land = draw_land(countries, in_scope, this.projection);
    const path = geoPath(this.projection);
    this.neighbours = countries
      .filter((c) => !in_scope(String(c.id ?? "")) && c.properties?.name)
      .map((c) => ({ name: c.properties.name ?? "", area: path.area(c), centre: path.centroid(c) }));
    this.xy = new Float32Array(2 * ground.n);
    for (let i = 0; i < ground.n; i++) this.xy.set(this.projection(this.lonlat(i)) ?? [-1e4, -1e4], 2 * i);
  }

  lonlat(i: number): LonLat {
    return this.ground.lonlat(i);
  }

  /** A place's own pixels before zoom. */
  unzoomed(i: number): Point {
    return { x: this.xy[2 * i]!, y: this.xy[2 * i + 1]! };
  }

  /** A place in pixels of the map as it is seen. */
  position(i: number): Point {
    return this.zoomed([this.xy[2 * i]!, this.xy[2 * i + 1]!]);
  }

  zoomed(p: LonLat): Point {
    return { x: this.transform.applyX(p[0]), y: this.transform.applyY(p[1]) };
  }

  /** Where a point on the earth is seen, null when that is off the map. */
  locate(at: LonLat): Point | null {
    const p = this.projection(at);
    if (!p) return null;
    const seen = this.zoomed(p);
    return this.holds(seen, 0) ? seen : null;
  }

  /** Within the map, or `around` pixels beyond its edge (inside it, if negative). */
  holds(p: Point, around: number): boolean {
    return p.x > -around && p.y > -around && p.x < this.width + around && p.y < this.height + around;
  }

  /** The way a great circle from a place sets out towards a far point, in pixels. */
  heading(from: number, far: LonLat): Point {
    const start = this.lonlat(from);
    const a = this.projection(start) ?? [0, 0];
    const b = this.projection(geoInterpolate(start, far)(0.05)) ?? [1, 0];
    return { x: b[0] - a[0], y: b[1] - a[1] };
  }
}
