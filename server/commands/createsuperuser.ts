import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { ask, askTwice, missing } from '../prompt.ts'

interface Options {
  readonly username?: string
  readonly email?: string
  readonly password?: string
}

/** `demarc createsuperuser`: an account that may do everything. */
export function addCreateSuperuser(program: Command): void {
  program
    .command('createsuperuser')
    .description('Create an account that may do everything; asks for what is not given.')
    .option('--username <name>')
    .option('--email <address>')
    .option('--password <password>', 'better in SUPERUSER_PASSWORD, where other users of the machine cannot see it')
    .action(async (options: Options) => {
      const config = readConfig(process.env, process.argv)
      const username = options.username ?? (await ask('Username: ')) ?? missing('--username')
      const email = options.email ?? (options.username ? config.SUPERUSER_EMAIL : ((await ask('E-mail: ')) ?? ''))
      const given = options.password ?? config.SUPERUSER_PASSWORD
      const password = given ?? (await askTwice()) ?? missing('--password or SUPERUSER_PASSWORD')
      const { createSuperuser } = await import('@demarc/engine/auth')
      const { migrate } = await import('@demarc/engine/schema')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      await withDatabase(config, createLog('warn'), async db => {
        await migrate(db, migrations)
        await createSuperuser(db, { username, email, password })
      })
      console.log(`Superuser ${username} is created.`)
    })
}
