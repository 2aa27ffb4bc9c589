/**
 * The rules of DCAT-AP 3.0 on how often a property may be there and of which kind it is, for the classes that a
 * catalogue here has, typed in by hand after SEMIC's DCAT-AP 3.0.0. They are not the shapes that SEMIC publishes,
 * which also look up vocabularies on the web, and were not compared with its tables line by line. Tests alone use
 * them.
 */
type Kind = 'text' | 'resource' | 'date' | 'number'
type Rule = readonly [path: string, least: number, most: number | null, kind: Kind]

const rules: Record<string, readonly Rule[]> = {
  'dcat:Catalog': [
    ['dct:title', 1, null, 'text'],
    ['dct:description', 1, null, 'text'],
    ['dct:publisher', 1, 1, 'resource'],
    ['dcat:dataset', 1, null, 'resource'],
    ['dct:license', 0, 1, 'resource'],
    ['dct:rights', 0, 1, 'resource'],
    ['dct:language', 0, null, 'resource'],
    ['dct:issued', 0, 1, 'date'],
    ['dct:modified', 0, 1, 'date'],
    ['foaf:homepage', 0, 1, 'resource'],
  ],
  'dcat:Dataset': [
    ['dct:title', 1, null, 'text'],
    ['dct:description', 1, null, 'text'],
    ['dct:identifier', 0, null, 'text'],
    ['dcat:keyword', 0, null, 'text'],
    ['dct:publisher', 0, 1, 'resource'],
    ['dct:accessRights', 0, 1, 'resource'],
    ['dct:accrualPeriodicity', 0, 1, 'resource'],
    ['dct:issued', 0, 1, 'date'],
    ['dct:modified', 0, 1, 'date'],
    ['dct:language', 0, null, 'resource'],
    ['dct:source', 0, null, 'resource'],
    ['dct:spatial', 0, null, 'resource'],
    ['dcat:landingPage', 0, null, 'resource'],
    ['dcat:distribution', 0, null, 'resource'],
  ],
  'dcat:Distribution': [
    ['dcat:accessURL', 1, null, 'resource'],
    ['dcat:downloadURL', 0, null, 'resource'],
    ['dct:title', 0, null, 'text'],
    ['dct:description', 0, null, 'text'],
    ['dct:license', 0, 1, 'resource'],
    ['dct:rights', 0, 1, 'resource'],
    ['dct:format', 0, 1, 'resource'],
    ['dcat:mediaType', 0, 1, 'resource'],
    ['dcat:byteSize', 0, 1, 'number'],
    ['dct:issued', 0, 1, 'date'],
    ['dct:modified', 0, 1, 'date'],
  ],
  'foaf:Agent': [
    ['foaf:name', 1, null, 'text'],
    ['dct:type', 0, 1, 'resource'],
  ],
}

const kinds: Record<Kind, string> = {
  text: 'sh:nodeKind sh:Literal',
  resource: 'sh:nodeKind sh:BlankNodeOrIRI',
  date: 'sh:or ([sh:datatype xsd:date] [sh:datatype xsd:dateTime] [sh:datatype xsd:gYear] [sh:datatype xsd:gYearMonth])',
  number: 'sh:datatype xsd:nonNegativeInteger',
}

/** The rules as SHACL shapes, in Turtle. */
export function dcatApShapes(): string {
  const prefixes = `@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
`
  const shapes = Object.entries(rules).map(([of, properties]) => {
    const all = properties.map(([path, least, most, kind]) =>
      [
        `sh:path ${path}`,
        ...(least > 0 ? [`sh:minCount ${least}`] : []),
        ...(most === null ? [] : [`sh:maxCount ${most}`]),
        kinds[kind],
      ].join(' ; '),
    )
    return `[] a sh:NodeShape ; sh:targetClass ${of} ; ${all.map((p) => `sh:property [ ${p} ]`).join(' ; ')} .`
  })
  return prefixes + shapes.join('\n')
}
