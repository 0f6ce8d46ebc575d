import type { Page } from 'playwright-core'

/** Calls an operation from its form in Swagger UI as it is, and returns the body that came back. */
export async function tryOut(page: Page, operationId: string): Promise<string> {
  const operation = page.locator(`.opblock[id$="-${operationId}"]`)
  await operation.locator('.opblock-summary-control').click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table .response-col_description pre').first()
  await answer.waitFor()
  return answer.innerText()
}
