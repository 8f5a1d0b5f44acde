"""Why something was refused between machines: enrolment, server, devices, sticks."""

from pos_app.i18n.texts import mark

NETWORK = {
    "server.no_name": mark("이름이 비었어요. 조직 이름을 적어요."),
    "server.no_organisation": mark("이 서버는 아직 조직이 없어요. jangteo server init-admin을 먼저 해요."),
    "server.belongs_elsewhere": mark("이 기기는 다른 서버에 등록돼 있어요. 그 서버에서 등록 코드를 받아요."),
    "server.passwords_differ": mark("두 비밀번호가 달라요. 다시 적어요."),
    "server.bind": mark("{text}: 주소가 맞지 않아요. 127.0.0.1:8731처럼 적어요."),
    "device.no_name": mark("기기 이름이 비었어요. 이름을 적어요."),
    "device.role": mark(
        "{text}: 그런 역할이 없어요. register, vendor_register, coordinator, hub 가운데 골라요."
    ),
    "device.no_register": mark("업체 계산대는 계산대 번호가 있어야 해요. R3처럼 적어요."),
    "device.register": mark("계산대 번호가 맞지 않아요. R1처럼 영문과 숫자로 적어요."),
    "device.minutes": mark("등록 코드는 1분부터 {most}분까지 쓸 수 있어요. 다시 적어요."),
    "device.beyond": mark("이 노트북은 계산대만 등록할 수 있어요. 중앙 서버에서 등록해요."),
    "device.no_reason": mark("등록을 없애는 까닭을 적어요."),
    "device.unknown": mark("그런 기기가 없어요. 기기 목록에서 골라요."),
    "device.revoked_already": mark("{name}: 이미 등록을 없앤 기기예요."),
    "device.itself": mark("이 서버 자신이에요. 다른 기기를 골라요."),
    "sync.bad_bundle": mark(
        "온전한 묶음이 아니에요: {file} ({reason}). 여기에서는 아무것도 받지 않았어요. USB에 다시 담아요."
    ),
    "sync.bad_code": mark("등록 코드가 맞지 않거나 이미 썼거나 때가 지났어요. 담당자에게 새 코드를 받아요."),
    "sync.bad_url": mark("주소를 알 수 없어요: {text}. 서버 주소나 담당자 노트북의 숫자 주소를 적어요."),
    "sync.copy_same_place": mark("장부와 같은 폴더예요. 다른 USB나 디스크의 폴더를 골라요."),
    "sync.known_peer": mark("이미 적어 둔 주소예요: {url}"),
    "sync.no_peer": mark("아직 어디에도 등록하지 않았어요. 서버 주소와 등록 코드로 먼저 등록해요."),
    "sync.practice": mark("연습에서는 보내거나 받지 않아요. 연습을 끝내고 해요."),
    "sync.settled": mark("그사이 다른 사람이 골랐어요. 지금 값을 다시 봐요."),
}
