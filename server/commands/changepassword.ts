import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { askTwice, missing } from '../prompt.ts'

/** `demarc changepassword <username>`: a new password for a user, who is logged out everywhere. */
export function addChangePassword(program: Command): void {
  program
    .command('changepassword <username>')
    .description('Give a user a new password; asks for it unless given. Sessions begun with the old one end.')
    .option('--password <password>', 'better typed when asked, where other users of the machine cannot see it')
    .action(async (username: string, options: { readonly password?: string }) => {
      const config = readConfig(process.env, process.argv)
      const password = options.password ?? (await askTwice()) ?? missing('--password')
      const { changePassword } = await import('@demarc/engine/auth')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const name = await withDatabase(config, createLog('warn'), db => changePassword(db, username, password))
      console.log(`The password of ${name} is changed.`)
    })
}
