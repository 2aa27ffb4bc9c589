import proj4 from 'proj4'

/** The British National Grid (EPSG:27700) with the seven-parameter shift: right to about 5 metres. */
const nationalGrid =
  '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy ' +
  '+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs'

const converter = proj4(nationalGrid, 'WGS84')

/** Longitude and latitude in degrees (WGS84). */
export type Degrees = readonly [longitude: number, latitude: number]

/** From easting and northing in metres to degrees. */
export function toDegrees(easting: number, northing: number): Degrees {
  const [longitude, latitude] = converter.forward([easting, northing])
  return [longitude as number, latitude as number]
}

/** From degrees to easting and northing in metres. */
export function toGrid([longitude, latitude]: Degrees): readonly [number, number] {
  const [easting, northing] = converter.inverse([longitude, latitude])
  return [easting as number, northing as number]
}

/** The earth's mean radius in kilometres (IUGG). */
const radius = 6371.0088

/** The way over the ground between two places in kilometres, by the haversine formula. */
export function distance(a: Degrees, b: Degrees): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const half = (x: number): number => Math.sin(radians(x) / 2) ** 2
  const across = Math.cos(radians(a[1])) * Math.cos(radians(b[1]))
  const h = half(b[1] - a[1]) + across * half(b[0] - a[0])
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(h)))
}
