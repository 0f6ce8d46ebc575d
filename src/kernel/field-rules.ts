import { dereference, toSchema, toSchemaList, toSchemas } from '../schema/reference.ts'
import type { JsonSchema } from '../schema/schema.ts'
import { isSchema, mapSubschemas, someSchema } from '../schema/subschemas.ts'
import type { Caller } from './caller.ts'
import { type Problem, problem } from './problem.ts'
import { type CallerRule, decidedFor, isCallerRule, reasonOf } from './rule.ts'

/** The keyword of a model that says who may see a member, or who may set it. */
export type FieldKeyword = 'readableBy' | 'writableBy'

/** The rules that a model has for single members. */
export interface FieldRules {
  /** The rules that do not let a caller in; nothing where all do. */
  readonly denied: (caller: Caller) => ReadonlySet<CallerRule> | undefined
  /** The value without the members that are denied; itself where it has none of them. */
  readonly without: (value: unknown, denied: ReadonlySet<CallerRule>) => unknown
  /** The first member that is there and denied, and why; nothing where there is none. */
  readonly found: (value: unknown, denied: ReadonlySet<CallerRule>, caller: Caller) => DeniedField | undefined
  /** The members whose rules are none, as JSON Pointers. */
  readonly faulty: readonly string[]
}

/** A member that a caller may not have to do with. */
export interface DeniedField {
  /** A JSON Pointer (RFC 6901). */
  readonly path: string
  readonly reason: string
}

/** What a place in a value may hold. */
interface Place {
  readonly members: Map<string, Member>
  readonly items: Place[]
  /** Members that are not named. */
  readonly rest: Place[]
}

interface Member {
  readonly rules: CallerRule[]
  readonly inside: Place[]
}

/** Compiles the rules that a model has for single members; nothing where it has none. */
export function fieldRules(root: JsonSchema, keyword: FieldKeyword): FieldRules | undefined {
  if (!someSchema(root, (schema) => keyword in schema)) return undefined
  const rules = new Set<CallerRule>()
  const faulty: string[] = []
  const places = new Map<JsonSchema, Place>()
  const start = [placeOf(toSchema(root), '')]
  return {
    faulty,
    denied: (caller) => {
      let denied: Set<CallerRule> | undefined
      for (const rule of rules) {
        if (decidedFor(rule, caller) === true) continue
        denied ??= new Set()
        denied.add(rule)
      }
      return denied
    },
    without: (value, denied) => without(start, value, denied),
    found: (value, denied, caller) => {
      const first = find(start, value, denied, '')
      return first && { path: first.path, reason: reasonOf(first.rule, caller) }
    },
  }

  function placeOf(schema: JsonSchema, path: string): Place {
    const target = dereference(schema, root)
    const known = places.get(target)
    if (known !== undefined) return known
    const place: Place = { members: new Map(), items: [], rest: [] }
    places.set(target, place)
    gather(target, place, path, new Set())
    return place
  }

  /** What alternatives say counts together: whichever of them a value is, no rule for one of its members is left out. */
  function gather(given: JsonSchema, place: Place, path: string, seen: Set<JsonSchema>): void {
    const schema = dereference(given, root)
    if (seen.has(schema)) return
    seen.add(schema)
    for (const [name, member] of toSchemas(schema.properties)) {
      const field = place.members.get(name) ?? { rules: [], inside: [] }
      place.members.set(name, field)
      field.rules.push(...rulesOf(member, `${path}/${name}`))
      field.inside.push(placeOf(member, `${path}/${name}`))
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      for (const each of toSchemaList(schema[keyword])) gather(each, place, path, seen)
    }
    for (const each of toSchemaList(schema.prefixItems)) place.items.push(placeOf(each, `${path}/*`))
    if (isSchema(schema.items)) place.items.push(placeOf(schema.items, `${path}/*`))
    if (isSchema(schema.additionalProperties)) place.rest.push(placeOf(schema.additionalProperties, `${path}/*`))
    for (const [, each] of toSchemas(schema.patternProperties)) place.rest.push(placeOf(each, `${path}/*`))
  }

  /** A rule stands at the member, or inside of what says that it may be left out or null. */
  function rulesOf(member: JsonSchema, path: string): readonly CallerRule[] {
    const target = dereference(member, root)
    const inner = [...toSchemaList(target.allOf), ...toSchemaList(target.anyOf), ...toSchemaList(target.oneOf)]
    const said = [...new Set([member, target, ...inner])].flatMap((each) => (keyword in each ? [each[keyword]] : []))
    return said.flatMap((rule) => {
      if (isCallerRule(rule)) {
        rules.add(rule)
        return [rule]
      }
      faulty.push(path)
      return []
    })
  }
}

function without(places: readonly Place[], value: unknown, denied: ReadonlySet<CallerRule>): unknown {
  if (places.length === 0 || typeof value !== 'object' || value === null || value instanceof Date) return value
  if (Array.isArray(value)) return listWithout(places, value, denied)
  const members = value as Readonly<Record<string, unknown>>
  let copy: Record<string, unknown> | undefined
  for (const name of Object.keys(members)) {
    const inside: Place[] = []
    let hidden = false
    for (const place of places) {
      const member = place.members.get(name)
      if (member === undefined) inside.push(...place.rest)
      else if (member.rules.some((rule) => denied.has(rule))) hidden = true
      else inside.push(...member.inside)
    }
    const left = hidden ? undefined : without(inside, members[name], denied)
    if (!hidden && left === members[name]) continue
    copy ??= { ...members }
    if (hidden) delete copy[name]
    else copy[name] = left
  }
  return copy ?? value
}

function listWithout(places: readonly Place[], list: readonly unknown[], denied: ReadonlySet<CallerRule>): unknown {
  const items = places.flatMap((each) => each.items)
  if (items.length === 0) return list
  const left = list.map((item) => without(items, item, denied))
  return left.some((item, index) => item !== list[index]) ? left : list
}

function find(
  places: readonly Place[],
  value: unknown,
  denied: ReadonlySet<CallerRule>,
  path: string,
): { readonly path: string; readonly rule: CallerRule } | undefined {
  if (places.length === 0 || typeof value !== 'object' || value === null) return undefined
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  for (const [key, inner] of entries) {
    if (inner === undefined) continue
    const at = `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
    const inside: Place[] = []
    for (const place of places) {
      const member = typeof key === 'string' ? place.members.get(key) : undefined
      const rule = member?.rules.find((each) => denied.has(each))
      if (rule !== undefined) return { path: at, rule }
      inside.push(...(typeof key === 'number' ? place.items : (member?.inside ?? place.rest)))
    }
    const deeper = find(inside, inner, denied, at)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

/** Why a caller may not set what it gives; undefined where it may. */
export type RefuseFields = (given: unknown, caller: Caller) => Problem | undefined

/** Compiles who may set the members of a model: what the model fills in by itself is not the caller's doing. */
export function refuseFields(writable: FieldRules): RefuseFields {
  return (given, caller) => {
    const denied = writable.denied(caller)
    const found = denied && writable.found(given, denied, caller)
    return found && problem('forbidden', `${found.path} may not be set here: ${lowerFirst(found.reason)}`)
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** The model as clients may see it: members that not everybody sees are not always there, and the rules are not told. */
export function withoutFieldRules(schema: JsonSchema): JsonSchema {
  return someSchema(schema, (each) => 'readableBy' in each || 'writableBy' in each) ? plain(schema) : schema
}

function plain(schema: JsonSchema): JsonSchema {
  const { readableBy: _read, writableBy: _write, required, ...left } = mapSubschemas(schema, plain)
  if (!Array.isArray(required)) return left
  const hidden = toSchemas(schema.properties).filter(([, member]) => 'readableBy' in member)
  const always = required.filter((name) => !hidden.some(([each]) => each === name))
  return always.length > 0 ? { ...left, required: always } : left
}
