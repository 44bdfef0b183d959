"""The passwords, tokens and addresses with passwords in them that an administrator may set, by name."""

from enum import StrEnum


class SecretName(StrEnum):
    """What each is for stands in `IN_WORDS`; the value is never shown again once it is set."""

    MAIL_URL = "mail-url"
    ZALO_APP_ID = "zalo-app-id"
    ZALO_APP_SECRET = "zalo-app-secret"
    ZALO_OA_ID = "zalo-oa-id"
    ZALO_CODE_VERIFIER = "zalo-code-verifier"
    ZALO_WEBHOOK_SECRET = "zalo-webhook-secret"
    ZALO_TOKENS = "zalo-tokens"  # kept by the program itself
    ZALO_BOT_TOKEN = "zalo-bot-token"
    TELEGRAM_URL = "telegram-url"
    MATTERMOST_URL = "mattermost-url"
    WEBHOOK_URL = "webhook-url"
    SMS_URL = "sms-url"
    OTHER_URL = "other-url"
    ALERT_URL = "alert-url"
    PING_URL = "ping-url"
    BOUNCE_URL = "bounce-url"
    BOUNCE_TOKEN = "bounce-token"
    METRICS_TOKEN = "metrics-token"
