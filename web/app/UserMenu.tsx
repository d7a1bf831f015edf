import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop'
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard'
import IconLogout from '@tabler/icons-react/icons/IconLogout'
import { useMeta } from '../api/meta.ts'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useLogout } from './session.ts'
import styles from './UserMenu.module.css'

/** What is the user's own, and whether its list can be narrowed to that. */
const own = [
  { name: 'extras.bookmark', label: 'Bookmarks', icon: 'bookmark', filter: true },
  { name: 'extras.subscription', label: 'Subscriptions', icon: 'bell', filter: false },
  { name: 'users.token', label: 'API tokens', icon: 'key', filter: true },
]

/** Who is logged in, what is theirs, and the way out. */
export function UserMenu() {
  const { user, models } = useMeta()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const logout = useLogout()
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.target} aria-label={`Account of ${user.display}`}>
          <span className={styles.avatar} aria-hidden>
            {initials(user.display || user.username)}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={styles.name}>{user.display}</span>
          {user.superuser && <span> Administrator</span>}
        </Menu.Label>
        <Menu.Divider />
        {own.map(({ name, label, icon, filter }) => {
          const model = models[name]
          return (
            model && (
              <Menu.Item
                key={name}
                component={Go}
                href={`${model.path}${filter ? `?user_id=${user.id}` : ''}`}
                leftSection={<Icon name={icon} size={15} />}
              >
                {label}
              </Menu.Item>
            )
          )
        })}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconDeviceDesktop size={15} />}
          onClick={() => setColorScheme('auto')}
          disabled={colorScheme === 'auto'}
        >
          Follow the system's theme
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={15} />}
          onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))}
        >
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={logout}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}
