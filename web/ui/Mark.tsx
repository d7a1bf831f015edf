/** The mark of Demarc: a line of demarcation, and what meets at it. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="7" fill="#0f7bd4" />
      <path
        d="M16 5.5v21"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeDasharray="3.4 3.6"
        opacity=".75"
      />
      <path d="M4.5 16H11M21 16h6.5" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="11.2" cy="16" r="3.4" fill="#fff" />
      <circle cx="20.8" cy="16" r="2.3" fill="#0f7bd4" stroke="#fff" strokeWidth="2.2" />
    </svg>
  )
}
