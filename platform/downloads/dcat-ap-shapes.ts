/**
 * The rules of DCAT-AP 3.0 for the classes that a catalogue here has: how often a property may be there, of which kind
 * it is, and of which class. Typed in by hand and held line by line against the shapes that SEMIC publishes with 3.0.0
 * (`shapes.ttl` and `range.ttl`); properties that a catalogue here never has are left out. Stricter than they are: a
 * catalogue must name a dataset. Their lists of words of the European Union are not looked up. Tests alone use them.
 */
type Kind = 'text' | 'resource' | 'date' | 'number'
type Rule = readonly [path: string, least: number, most: number | null, kind: Kind, of?: string]

const rules: Record<string, readonly Rule[]> = {
  'dcat:Catalog': [
    ['dct:title', 1, null, 'text'],
    ['dct:description', 1, null, 'text'],
    ['dct:publisher', 1, 1, 'resource', 'foaf:Agent'],
    ['dcat:dataset', 1, null, 'resource', 'dcat:Dataset'],
    ['dct:license', 0, 1, 'resource', 'dct:LicenseDocument'],
    ['dct:rights', 0, 1, 'resource', 'dct:RightsStatement'],
    ['dct:language', 0, null, 'resource', 'dct:LinguisticSystem'],
    ['dct:issued', 0, 1, 'date'],
    ['dct:modified', 0, 1, 'date'],
    ['foaf:homepage', 0, 1, 'resource', 'foaf:Document'],
    ['dct:spatial', 0, null, 'resource', 'dct:Location'],
  ],
  'dcat:Dataset': [
    ['dct:title', 1, null, 'text'],
    ['dct:description', 1, null, 'text'],
    ['dct:identifier', 0, null, 'text'],
    ['dcat:keyword', 0, null, 'text'],
    ['dct:publisher', 0, 1, 'resource', 'foaf:Agent'],
    ['dct:accessRights', 0, 1, 'resource', 'dct:RightsStatement'],
    ['dct:accrualPeriodicity', 0, 1, 'resource', 'dct:Frequency'],
    ['dct:issued', 0, 1, 'date'],
    ['dct:modified', 0, 1, 'date'],
    ['dct:language', 0, null, 'resource', 'dct:LinguisticSystem'],
    ['dct:provenance', 0, null, 'resource', 'dct:ProvenanceStatement'],
    ['dct:source', 0, null, 'resource', 'dcat:Dataset'],
    ['dct:spatial', 0, null, 'resource', 'dct:Location'],
    ['dcat:landingPage', 0, null, 'resource', 'foaf:Document'],
    ['dcat:distribution', 0, null, 'resource', 'dcat:Distribution'],
  ],
  'dcat:Distribution': [
    ['dcat:accessURL', 1, null, 'resource'],
    ['dcat:downloadURL', 0, null, 'resource'],
    ['dct:title', 0, null, 'text'],
    ['dct:description', 0, null, 'text'],
    ['dct:license', 0, 1, 'resource', 'dct:LicenseDocument'],
    ['dct:rights', 0, 1, 'resource', 'dct:RightsStatement'],
    ['dct:format', 0, 1, 'resource', 'dct:MediaTypeOrExtent'],
    ['dcat:mediaType', 0, 1, 'resource', 'dct:MediaType'],
    ['dcat:byteSize', 0, 1, 'number'],
    ['dct:issued', 0, 1, 'date'],
    ['dct:modified', 0, 1, 'date'],
  ],
  'foaf:Agent': [
    ['foaf:name', 1, null, 'text'],
    ['dct:type', 0, 1, 'resource', 'skos:Concept'],
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
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
`
  const shapes = Object.entries(rules).map(([of, properties]) => {
    const all = properties.map(([path, least, most, kind, ofClass]) =>
      [
        `sh:path ${path}`,
        ...(least > 0 ? [`sh:minCount ${least}`] : []),
        ...(most === null ? [] : [`sh:maxCount ${most}`]),
        kinds[kind],
        ...(ofClass === undefined ? [] : [`sh:class ${ofClass}`]),
      ].join(' ; '),
    )
    return `[] a sh:NodeShape ; sh:targetClass ${of} ; ${all.map((p) => `sh:property [ ${p} ]`).join(' ; ')} .`
  })
  return prefixes + shapes.join('\n')
}
