import type { InputMember, InputModel } from '../../schema/input-model.ts'
import { type Upload, uploadOf } from '../../schema/upload-model.ts'
import type { RepresentationSettings } from '../represent/representation-settings.ts'

type Consumes = RepresentationSettings['consumes']

/** A member of an input that takes bytes, and what its model says of them. */
export interface UploadMember {
  readonly member: InputMember
  readonly upload: Upload
}

/** The members of an input that take bytes. */
export function uploadMembers(input: InputModel | undefined): readonly UploadMember[] {
  return [...(input?.members?.values() ?? [])].flatMap((member) => {
    const upload = uploadOf(member.schema, input?.json ?? {})
    return upload === undefined ? [] : [{ member, upload }]
  })
}

/** The member whose value is the whole body, where there is one: then no other member can be in the body. */
export function bodyMember(input: InputModel | undefined, consumes: Consumes): UploadMember | undefined {
  const all = uploadMembers(input)
  return all.find(({ upload }) => upload.as !== 'file') ?? (isRaw(consumes) ? all[0] : undefined)
}

/** What a channel consumes: a form where its model has files, any bytes where it takes the whole body, else as it says. */
export function consumed(input: InputModel | undefined, consumes: Consumes): Consumes {
  if (input === undefined) return consumes
  if (bodyMember(input, consumes) !== undefined) return ['bytes']
  const whole = input.members === undefined ? uploadOf(input.json, input.json) : undefined
  if (whole !== undefined) return ['bytes']
  // No other representation can carry a file.
  return uploadMembers(input).length > 0 && consumes?.includes('multipart') !== true ? ['multipart'] : consumes
}

function isRaw(consumes: Consumes): boolean {
  return consumes?.length === 1 && consumes[0] === 'bytes'
}
