"""Mails as servers send them when one of ours did not arrive, in the shapes of several makers; all names invented."""

from base64 import b64encode

REFERENCE = "20260324-digest-118"
WHO = "tccb.daumoi@songlam.example"
SENDER = "cchc@songlam.example"


def returned_head(reference: str = REFERENCE, recipient: str = WHO) -> str:
    """The head of our mail, as it comes back."""
    return (
        f"From: =?utf-8?B?VGjGsOG7nW5nIHRy4buxYw==?=\n <{SENDER}>\nTo: =?utf-8?B?UGjhuqFt?=\n <{recipient}>\n"
        "Subject: =?utf-8?B?Tmjhuq9jIHZp4buHYw==?=\nDate: Tue, 24 Mar 2026 07:00:03 +0700\n"
        f"Message-ID: <{reference}@songlam.example>\nX-CCHC-Delivery: {reference}\n"
        'Auto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="=_cchc"\n'
    )


def report(
    reference: str = REFERENCE,
    recipient: str = WHO,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <tccb.daumoi@songlam.example>: Recipient address rejected: User unknown",
    original: bool = True,
    whole: bool = False,
    text: str = "I'm sorry to have to inform you that your message could not be delivered.",
    number: str = "4ABC",
) -> bytes:
    """A report of RFC 3464 as Postfix and Zimbra write it, with the head alone of what was sent, or `whole`."""
    named = f"Original-Recipient: rfc822;{recipient}\n" if original else ""
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    rest = "\n--=_cchc\nContent-Type: text/plain\n\nKính gửi\n--=_cchc--\n" if whole else ""
    return f"""Return-Path: <>
Received: by mx.songlam.example (Postfix) id {number}; Tue, 24 Mar 2026 07:00:05 +0700 (+07)
Date: Tue, 24 Mar 2026 07:00:05 +0700 (+07)
From: MAILER-DAEMON@mx.songlam.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {SENDER}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="{number}.1774/mx.songlam.example"
Message-Id: <20260324000005.{number}@mx.songlam.example>

This is a MIME-encapsulated message.

--{number}.1774/mx.songlam.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mx.songlam.example.

{text}

--{number}.1774/mx.songlam.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.songlam.example
X-Postfix-Queue-ID: {number}
Arrival-Date: Tue, 24 Mar 2026 07:00:04 +0700 (+07)

Final-Recipient: rfc822; {recipient}
{named}Action: {action}
Status: {status}
Remote-MTA: dns; mail.songlam.example
Diagnostic-Code: {diagnostic}

--{number}.1774/mx.songlam.example
Content-Description: Undelivered Message Headers
Content-Type: {kind}

{returned_head(reference, recipient)}{rest}
--{number}.1774/mx.songlam.example--
""".encode()


def exchange(reference: str = REFERENCE, recipient: str = WHO) -> bytes:
    """Exchange's "Undeliverable:" as it arrives where a gateway has thrown the report away: HTML alone, in base64."""
    page = f"""<html><body><p><b>Không gửi được thư tới {recipient.split("@", maxsplit=1)[0]}.</b></p>
<p>Original message: &lt;{recipient}&gt;</p>
<p>Diagnostic information for administrators:</p><p>Generating server: EX1.songlam.example</p>
<p>{recipient}<br>Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP lookup'</p>
<pre>Original message headers:
Received: from cchc.songlam.example by EX1.songlam.example (15.20.7452.25) with Microsoft SMTP Server
To: {recipient}
Message-ID:
 &lt;{reference}@songlam.example&gt;
X-CCHC-Delivery: {reference}
</pre></body></html>"""
    return f"""From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@songlam.example>
To: {SENDER}
Subject: =?utf-8?B?{b64encode("Undeliverable: Nhắc việc".encode()).decode()}?=
Message-ID: <aa11@EX1.songlam.example>
X-Auto-Response-Suppress: All
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{b64encode(page.encode()).decode()}
""".encode()


def gmail(reference: str = REFERENCE, recipient: str = WHO) -> bytes:
    """Gmail's report, which says its reason over several lines."""
    said = (
        "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
        " 550-5.1.1 double-checking the recipient's email address for typos or\n"
        " 550 5.1.1 unnecessary spaces. d2e1a72fcca58 - gsmtp"
    )
    text = f"** Address not found **\n\nYour message wasn't delivered to {recipient}."
    mail = report(reference, recipient, diagnostic=said, original=False, whole=True, text=text, number="0000aa")
    said_by = b"From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>"
    return mail.replace(b"From: MAILER-DAEMON@mx.songlam.example (Mail Delivery System)", said_by).replace(
        b"Subject: Undelivered Mail Returned to Sender", b"Subject: Delivery Status Notification (Failure)"
    )


def plain(
    reference: str = REFERENCE,
    recipient: str = WHO,
    *,
    said: str = "550 Không có người nhận này",
    subject: str = "Undelivered Mail Returned to Sender",
    sender: str = "Mail Delivery System <MAILER-DAEMON@mx.songlam.example>",
    more: str = "",
    head: bool = True,
) -> bytes:
    """Text alone, as qmail, Exim and gateways of the house write it, with our head quoted below."""
    quoted = returned_head(reference, recipient) if head else ""
    return f"""From: {sender}
To: {SENDER}
Subject: {subject}
Message-ID: <plain-1@mx.songlam.example>
{more}Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Thư của bạn không gửi được tới địa chỉ sau:

<{recipient}>: {said}

--- Nội dung thư bị trả lại:

{quoted}""".encode()
