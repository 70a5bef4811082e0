// Checks a JSON file against a schema: report, replay, sarif or har.
// Of our own schemas a key that they do not name is an error here, though a reader must bear it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import addFormats from 'ajv-formats'

const require = createRequire(import.meta.url)
const here = new URL('.', import.meta.url)
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const own = (name) => closed(read(new URL(`../../schemas/crumbproof.${name}-1.schema.json`, here)))

function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed)
  if (schema === null || typeof schema !== 'object') return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  if (copy.properties && copy.additionalProperties === undefined) copy.additionalProperties = false
  return copy
}

function ownValidator(name) {
  const Ajv = require('ajv/dist/2020').default
  const ajv = new Ajv({ allErrors: true, strictTypes: false })
  ajv.addSchema(own('replay'))
  return name === 'replay' ? ajv.getSchema('crumbproof.replay-1.schema.json') : ajv.compile(own(name))
}

function sarifValidator() {
  const Ajv = require('ajv').default
  const ajv = addFormats(new Ajv({ allErrors: true, strict: false, unicodeRegExp: false }))
  return ajv.compile(read(require.resolve('schemastore/schemas/json/sarif-2.1.0.json')))
}

function harValidator() {
  const Ajv = require('ajv').default
  const ajv = addFormats(new Ajv({ allErrors: true, strict: false }))
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'))
  for (const schema of Object.values(require('har-schema'))) ajv.addSchema(schema)
  return ajv.getSchema('har.json#')
}

const [kind, file] = process.argv.slice(2)
const validators = { sarif: sarifValidator, har: harValidator }
const validate = (validators[kind] ?? (() => ownValidator(kind)))()
if (!validate(read(file))) {
  for (const error of validate.errors.slice(0, 20)) {
    console.error(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
  }
  process.exit(1)
}
console.log(`${file} is valid ${kind}`)
