from tests.around import World


def test_the_mail_behind_a_message_is_text_and_nothing_else(client, broken_lamp, ada, bo):
    message = World(broken_lamp, ada).filed
    address = f"/w/demo/messages/{message.pk}/original"
    client.force_login(ada.user)

    response = client.get(address)

    assert response.content == b"Subject: Lamp"
    assert response["Content-Type"].startswith("text/plain")
    client.force_login(bo.user)
    assert client.get(address).status_code == 404
